package dev.avocet.camera.page;

import dev.avocet.camera.Application;
import dev.avocet.camera.config.CameraConfig;
import dev.avocet.camera.config.ServerConfig;
import dev.avocet.camera.run.CameraService;
import dev.avocet.camera.web.CameraServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Cameras and their page at a free port, without clips. */
final class RunningPage implements AutoCloseable {
  static final String TOKEN = "a-token-of-the-tests";

  private final CameraService service;
  private final AtomicReference<CameraConfig> kept;
  private CameraServer server;

  private RunningPage(CameraService service, AtomicReference<CameraConfig> kept) {
    this.service = service;
    this.kept = kept;
  }

  /** Sources as {@code name=input}; models with the first in use. */
  static RunningPage start(List<String> sources, String... models) {
    return start(Application.config(sources, models));
  }

  static RunningPage start(CameraConfig config) {
    AtomicReference<CameraConfig> kept = new AtomicReference<>(config);
    RunningPage page =
        new RunningPage(Application.service(config, Optional.of(kept::set)), kept);
    page.serve(0);
    return page;
  }

  private void serve(int port) {
    ServerConfig config =
        new ServerConfig(
            "127.0.0.1",
            port,
            Optional.of(TOKEN),
            List.of(),
            Optional.empty(),
            Optional.empty());
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    server = CameraServer.start(config, service, Optional.empty(), registry);
  }

  URI address() {
    return server.address();
  }

  CameraService service() {
    return service;
  }

  /** The configuration as the page has changed it. */
  CameraConfig kept() {
    return kept.get();
  }

  /** Stops the server for a while. */
  void interrupt(Runnable meanwhile) {
    int port = address().getPort();
    server.close();
    meanwhile.run();
    serve(port);
  }

  @Override
  public void close() {
    server.close();
    service.close();
  }
}
