package dev.avocet.camera;

import dev.avocet.camera.clips.Clips;
import dev.avocet.camera.config.CameraConfig;
import dev.avocet.camera.publish.Publishers;
import dev.avocet.camera.run.CameraMeters;
import dev.avocet.camera.run.CameraService;
import dev.avocet.camera.web.CameraServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The whole application: cameras, publishers, clips, page. Thread safe.
 *
 * <pre>{@code
 * PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
 * CameraService cameras = CameraService.start(config, new Surroundings(…, registry, …));
 * try (CameraApp app = CameraApp.start(config, cameras, registry, System.out)) {
 *   System.out.println(app.address());
 *   …
 * }
 * }</pre>
 */
public final class CameraApp implements AutoCloseable {
  private final Deque<Runnable> open;
  private final CameraServer server;

  private CameraApp(Deque<Runnable> open, CameraServer server) {
    this.open = open;
    this.server = server;
  }

  /**
   * Starts all that goes with cameras which run already, and takes them over; when this returns the
   * page is there.
   *
   * @param registry that the cameras have their meters in
   * @param standardOutput for results that go to the file {@code -}; not closed
   * @throws dev.avocet.core.AvocetException INVALID_ARG for a configuration that makes no sense,
   *     FAIL where the port is in use or a folder cannot be written; the cameras are closed then
   */
  public static CameraApp start(
      CameraConfig config,
      CameraService service,
      PrometheusMeterRegistry registry,
      OutputStream standardOutput) {
    Deque<Runnable> open = new ArrayDeque<>();
    open.push(registry::close);
    open.push(service::close);
    try {
      Publishers publishers = Publishers.of(config.results(), standardOutput);
      open.push(publishers::close);
      service.add(publishers);
      service.addPart("publishers", publishers::stats);
      Optional<Clips> clips = config.clips().map(Clips::new);
      clips.ifPresent(
          c -> {
            open.push(c::close);
            service.add(c);
            service.addPart("clips", c::stats);
          });
      CameraMeters meters = new CameraMeters(service);
      open.push(meters::close);
      meters.bindTo(registry);
      CameraServer server = CameraServer.start(config.server(), service, clips, registry);
      open.push(server::close);
      return new CameraApp(open, server);
    } catch (RuntimeException e) {
      closeAll(open);
      throw e;
    }
  }

  /** Where the page is. */
  public URI address() {
    return server.address();
  }

  /** What write actions ask for. */
  public String token() {
    return server.token();
  }

  /** Ends page, clips, publishers and cameras, in this order; what is queued is written. */
  @Override
  public void close() {
    closeAll(open);
  }

  private static void closeAll(Deque<Runnable> open) {
    RuntimeException failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().run();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
