package dev.avocet.cli;

import dev.avocet.camera.CameraApp;
import dev.avocet.camera.config.CameraConfig;
import dev.avocet.camera.config.ConfigFile;
import dev.avocet.camera.config.ServerConfig;
import dev.avocet.camera.config.SourceConfig;
import dev.avocet.camera.run.CameraService;
import dev.avocet.core.AvocetException;
import dev.avocet.media.Frames;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code avocet camera}. */
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
  private static final String FIRST_CAMERA = "/dev/video0";

  @ParentCommand private AvocetCommand parent;

  @Option(
      names = "--source",
      paramLabel = "[NAME=]INPUT",
      description =
          "A camera (camera:0), a stream (rtsp://host/door) or a video, which is played again and"
              + " again; may be repeated.")
  private List<String> sources = List.of();

  @Option(
      names = {"-m", "--model", "--pipeline"},
      paramLabel = "MODEL",
      description =
          "Model folder, zip file, or a pipeline's JSON (default: the printed-code detector that"
              + " comes along); repeated: the page can switch between them.")
  private List<String> models = List.of();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Where to run: [engine:]device[:n]; the page can switch (default: cpu).")
  private String device;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration, where all else can be said (docs/running.md) and the page keeps its"
              + " changes; what is named here beside it wins. Made where it is missing.")
  private Path file;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the page; 0 takes a free one (default: 8080).")
  private Integer port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen at; 0.0.0.0 is every one (default: 127.0.0.1).")
  private String host;

  @Option(
      names = "--score",
      paramLabel = "S",
      description = "Leave out what is found with a lower score, 0 to 1 (default: 0.3).")
  private Double score;

  @Override
  public Integer call() {
    Console console = parent.console();
    CameraConfig config = CommandFailure.orExit(CommandFailure.USAGE, this::config);
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    CountDownLatch end = new CountDownLatch(1);
    try (CameraApp app = CameraApp.start(config, cameras(config, console, registry), registry);
        Interruption interruption = new Interruption(end::countDown)) {
      console.say("the page is at %s#token=%s".formatted(app.address(), app.token()));
      end.await();
      return interruption.asked() ? Interruption.EXIT_CODE : 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CommandFailure.RUNNING;
    }
  }

  private CameraService cameras(
      CameraConfig config, Console console, PrometheusMeterRegistry registry) {
    Optional<Consumer<CameraConfig>> keep =
        Optional.ofNullable(file).map(path -> changed -> ConfigFile.write(path, changed));
    try (Opening opening = new Opening(console)) {
      return CommandFailure.orExit(
          CommandFailure.MODEL,
          () ->
              CameraService.start(
                  config,
                  new CameraService.Surroundings(
                      keep, registry, opening, () -> Runtime.getRuntime().halt(1))));
    }
  }

  private CameraConfig config() {
    CameraConfig written =
        file != null && Files.exists(file) ? ConfigFile.read(file) : CameraConfig.DEFAULT;
    List<SourceConfig> cameras = new ArrayList<>();
    for (String source : sources) {
      cameras.add(source(source, cameras.size() + 1));
    }
    if (cameras.isEmpty()) {
      cameras.addAll(written.sources());
    }
    if (cameras.isEmpty()) {
      boolean camera = Files.exists(Path.of(FIRST_CAMERA));
      cameras.add(source(camera ? "camera=camera:0" : "demo=demo://", 1));
    }
    List<String> all = new ArrayList<>(models);
    if (all.isEmpty()) {
      all.add(written.model().orElseGet(() -> ModelOptions.orDefault(null).toString()));
      all.addAll(written.models());
    }
    ServerConfig server = written.server();
    return new CameraConfig(
        cameras,
        Optional.of(all.get(0)),
        all.subList(1, all.size()),
        device == null ? written.device() : device,
        score == null ? written.score() : score,
        new ServerConfig(
            host == null ? server.host() : host,
            port == null ? server.port() : port,
            server.token(),
            server.names(),
            server.certificate(),
            server.key()),
        written.results(),
        written.clips());
  }

  /** A source as it is named on the command line; one without a name gets a number. */
  private static SourceConfig source(String text, int number) {
    int split = text.indexOf('=');
    boolean named = split > 0 && text.substring(0, split).matches("[A-Za-z0-9_-]+");
    String name = named ? text.substring(0, split) : "camera-" + number;
    String input = named ? text.substring(split + 1) : text;
    if (input.isEmpty()) {
      throw AvocetException.invalidArgument(
          "--source=%s: expected a camera, a stream or a video".formatted(Frames.nameOf(text)));
    }
    return new SourceConfig(name, input);
  }
}
