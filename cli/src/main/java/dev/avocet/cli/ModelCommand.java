package dev.avocet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command whose models are named by options. */
abstract class ModelCommand extends TaskCommand {
  @Parameters(paramLabel = "INPUT", arity = "1..*", description = "Each is " + InputOptions.INPUTS)
  private List<String> inputs;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "Model folder or zip file; 'avocet info MODEL' says what one is.")
  private Path model;

  @Override
  final List<String> inputs() {
    return inputs;
  }

  /** The model, where one is named. */
  final Optional<Path> model() {
    return Optional.ofNullable(model);
  }

  /** The model; ends the command where none is named. */
  final Path requiredModel() {
    return model()
        .orElseThrow(
            () -> CommandFailure.usage("a model is missing: name its folder or zip file with -m"));
  }
}
