package dev.avocet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * {@code avocet camera}: its options. No member mentions a type of the application, which an
 * archive may be without: the other commands start all the same.
 */
@Command(
    name = "camera",
    description = {
      "Shows cameras on a web page, with what a model sees in them, until Ctrl-C.",
      "Without --source: the first camera of this machine, or a demonstration. The page is for this"
          + " machine only, unless --host says otherwise; changes made on it ask for the token that"
          + " is printed. docs/camera.md shows what it can do."
    },
    sortOptions = false)
final class CameraCommand implements Callable<Integer> {
  @ParentCommand private AvocetCommand parent;

  @Option(
      names = "--source",
      paramLabel = "[NAME=]INPUT",
      description =
          "A camera (camera:0), a stream (rtsp://host/door) or a video, which is played again and"
              + " again; may be repeated.")
  List<String> sources = List.of();

  @Option(
      names = {"-m", "--model", "--pipeline"},
      paramLabel = "MODEL",
      description =
          "Model folder, zip file, or a pipeline's JSON (default: the printed-code detector that"
              + " comes along); repeated: the page can switch between them.")
  List<String> models = List.of();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Where to run: [engine:]device[:n]; the page can switch (default: cpu).")
  String device;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration, where all else can be said (docs/running.md) and the page keeps its"
              + " changes; what is named here beside it wins. Made where it is missing.")
  Path file;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the page; 0 takes a free one (default: 8080).")
  Integer port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen at; 0.0.0.0 is every one (default: 127.0.0.1).")
  String host;

  @Option(
      names = "--score",
      paramLabel = "S",
      description = "Leave out what is found with a lower score, 0 to 1 (default: 0.3).")
  Double score;

  @Override
  public Integer call() {
    if (CameraCommand.class.getResource("/dev/avocet/camera/CameraApp.class") == null) {
      throw new CommandFailure(
          CommandFailure.RUNNING,
          "the folder camera is gone from this archive: take it from the same release's",
          null);
    }
    return new CameraRun(this, parent.console()).run();
  }
}
