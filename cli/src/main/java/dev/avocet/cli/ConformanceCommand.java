package dev.avocet.cli;

import dev.avocet.conformance.Conformance;
import dev.avocet.conformance.RunOptions;
import dev.avocet.conformance.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code avocet conformance}. */
@Command(
    name = "conformance",
    description = {
      "Compares this SDK with a reference runtime, case folder by case folder.",
      "Prints 'NAME ok', 'NAME differs: why', 'NAME error: why' or, where the reference has no"
          + " answer, 'NAME unanswered: why', then the totals; the exit code is 1 where any differs"
          + " or fails."
    })
final class ConformanceCommand implements Callable<Integer> {
  @ParentCommand private AvocetCommand parent;

  @Parameters(paramLabel = "DIR", description = "Folder of case folders, or one case folder.")
  private Path folder;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description = "Folder of the pictures (default: DIR/../../assets/images).")
  private Path images;

  @Mixin private ModelOptions model;

  @Override
  public Integer call() {
    model.net();
    List<Path> cases = CommandFailure.orExit(CommandFailure.INPUT, () -> Conformance.cases(folder));
    Path pictures = images == null ? Conformance.imagesOf(folder) : images;
    RunOptions options = new RunOptions(model.device(), model.plan());
    int passed = 0;
    int unanswered = 0;
    for (Path one : cases) {
      Verdict verdict = Conformance.run(one, pictures, options);
      passed += verdict.passed() ? 1 : 0;
      unanswered += verdict.kind() == Verdict.Kind.UNANSWERED ? 1 : 0;
      parent.console().out().println(one.getFileName() + " " + verdict);
      parent.console().out().flush();
    }
    int failed = cases.size() - passed - unanswered;
    parent
        .console()
        .out()
        .println("%d passed, %d failed, %d unanswered".formatted(passed, failed, unanswered));
    return failed == 0 ? 0 : CommandFailure.RUNNING;
  }
}
