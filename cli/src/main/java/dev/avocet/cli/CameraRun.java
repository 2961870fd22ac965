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
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A run of {@code avocet camera}: from its options and the configuration to the application. */
final class CameraRun {
  private static final String FIRST_CAMERA = "/dev/video0";

  private final CameraCommand options;
  private final Console console;

  CameraRun(CameraCommand options, Console console) {
    this.options = options;
    this.console = console;
  }

  /** Runs until it is told to end; answers the exit code. */
  int run() {
    CameraConfig written = CommandFailure.orExit(CommandFailure.USAGE, this::written);
    CameraConfig config = CommandFailure.orExit(CommandFailure.USAGE, () -> config(written));
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    CountDownLatch end = new CountDownLatch(1);
    try (CameraApp app =
            CameraApp.start(config, cameras(config, written, registry), registry, console.out());
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
      CameraConfig config, CameraConfig written, PrometheusMeterRegistry registry) {
    // Port and address of this run are not those of the next.
    Optional<Consumer<CameraConfig>> keep =
        Optional.ofNullable(options.file)
            .map(path -> changed -> ConfigFile.write(path, changed.withServer(written.server())));
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

  private CameraConfig written() {
    return options.file != null && Files.exists(options.file)
        ? ConfigFile.read(options.file)
        : CameraConfig.DEFAULT;
  }

  private CameraConfig config(CameraConfig written) {
    List<SourceConfig> cameras = new ArrayList<>();
    for (String text : options.sources) {
      SourceConfig named = source(text, cameras.size() + 1);
      // Lines and zones that the page has kept, and a model of its own, stay with the name.
      cameras.add(
          written.sources().stream()
              .filter(source -> source.name().equals(named.name()))
              .findFirst()
              .map(known -> known.withInput(named.input()))
              .orElse(named));
    }
    if (cameras.isEmpty()) {
      cameras.addAll(written.sources());
    }
    if (cameras.isEmpty()) {
      boolean camera = Files.exists(Path.of(FIRST_CAMERA));
      cameras.add(source(camera ? "camera=camera:0" : "demo=demo://", 1));
    }
    List<String> all = new ArrayList<>(options.models);
    if (all.isEmpty()) {
      all.add(written.model().orElseGet(() -> ModelOptions.orDefault(null).toString()));
      all.addAll(written.models());
    }
    ServerConfig server = written.server();
    return new CameraConfig(
        cameras,
        Optional.of(all.get(0)),
        all.subList(1, all.size()),
        options.device == null ? written.device() : options.device,
        options.score == null ? written.score() : options.score,
        new ServerConfig(
            options.host == null ? server.host() : options.host,
            options.port == null ? server.port() : options.port,
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
