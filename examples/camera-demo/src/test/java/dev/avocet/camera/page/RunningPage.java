package dev.avocet.camera.page;

import dev.avocet.camera.Application;
import dev.avocet.camera.CameraApp;
import dev.avocet.camera.config.CameraConfig;
import dev.avocet.camera.config.ClipsConfig;
import dev.avocet.camera.config.ServerConfig;
import dev.avocet.camera.run.CameraService;
import dev.avocet.core.net.OpenListener;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The whole application at a free port of this machine. */
final class RunningPage implements AutoCloseable {
  static final String TOKEN = "a-token-of-the-tests";

  private final AtomicReference<CameraConfig> kept = new AtomicReference<>();
  private CameraApp app;

  private RunningPage() {}

  /**
   * Starts it.
   *
   * @param clips folder for clips
   * @param sources as {@code name=input}
   * @param models the first is in use
   */
  static RunningPage start(Path clips, List<String> sources, String... models) {
    return start(clips, Application.config(sources, models));
  }

  /** The same with another configuration than that, but for server and clips. */
  static RunningPage start(Path clips, CameraConfig config) {
    RunningPage page = new RunningPage();
    page.begin(
        new CameraConfig(
            config.sources(),
            config.model(),
            config.models(),
            config.device(),
            config.score(),
            server(0),
            config.results(),
            Optional.of(new ClipsConfig(clips.toString(), 50_000_000, 1, 1))));
    return page;
  }

  private static ServerConfig server(int port) {
    return new ServerConfig(
        "127.0.0.1", port, Optional.of(TOKEN), List.of(), Optional.empty(), Optional.empty());
  }

  private void begin(CameraConfig config) {
    kept.set(config);
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    CameraService service =
        CameraService.start(
            config,
            new CameraService.Surroundings(
                Optional.of(kept::set), registry, OpenListener.NONE, () -> {}));
    app = CameraApp.start(config, service, registry, OutputStream.nullOutputStream());
  }

  URI address() {
    return app.address();
  }

  /** The configuration as the page has changed it. */
  CameraConfig kept() {
    return kept.get();
  }

  /** Ends the application and starts it again at the same port. */
  void restart(Runnable meanwhile) {
    int port = address().getPort();
    app.close();
    meanwhile.run();
    CameraConfig config = kept();
    begin(
        new CameraConfig(
            config.sources(),
            config.model(),
            config.models(),
            config.device(),
            config.score(),
            server(port),
            config.results(),
            config.clips()));
  }

  @Override
  public void close() {
    app.close();
  }
}
