package dev.avocet.cli;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself: its subcommands and what they share. */
@Command(
    name = "avocet",
    description = "Runs trained vision networks on pictures and videos.",
    mixinStandardHelpOptions = true,
    versionProvider = AvocetCommand.Version.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed while running",
      "2:the command line is wrong",
      "3:the model cannot be used",
      "4:an input cannot be used",
      "130:ended by Ctrl-C; what was drawn until then is kept"
    },
    footer = {
      "",
      "Try: avocet detect photo.jpg -o found.png",
      "     avocet detect clip.mp4 -o found.mp4",
      "Completion: source <(avocet generate-completion)"
    },
    subcommands = {
      DetectCommand.class,
      ClassifyCommand.class,
      SegmentCommand.class,
      RestoreCommand.class,
      OcrCommand.class,
      PoseCommand.class,
      TrackCommand.class,
      RotateCommand.class,
      ActionCommand.class,
      RunCommand.class,
      CameraCommand.class,
      InfoCommand.class,
      DevicesCommand.class,
      BenchCommand.class,
      ConformanceCommand.class,
      GenerateCompletion.class
    })
final class AvocetCommand implements Runnable {
  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log what is chosen and why, and show stack traces of failures.")
  private boolean verbose;

  AvocetCommand(Console console) {
    this.console = console;
  }

  Console console() {
    return console;
  }

  boolean verbose() {
    return verbose;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing, for example: detect");
  }

  /** The release, from the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = AvocetCommand.class.getPackage().getImplementationVersion();
      return new String[] {"avocet " + (version == null ? "(built from sources)" : version)};
    }
  }
}
