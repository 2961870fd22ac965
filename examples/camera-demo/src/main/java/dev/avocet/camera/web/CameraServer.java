package dev.avocet.camera.web;

import dev.avocet.camera.clips.Clips;
import dev.avocet.camera.config.ServerConfig;
import dev.avocet.camera.run.CameraService;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * The page of a running {@link CameraService} and what it talks to: HTTP with JSON, live pictures
 * over WebSocket, {@code /health}, {@code /metrics}. docs/camera-api.md has it all. At most 16
 * threads and one for the time, named {@code avocet-web}; they are gone when it is closed. Thread
 * safe.
 */
public final class CameraServer implements AutoCloseable {
  private static final int MOST_THREADS = 16;
  private static final int LEAST_THREADS = 4;

  /** Bytes that Jetty keeps for the next request, on the heap and as many off it. */
  private static final long POOLED = 8 << 20;

  private static final int HEADER_BYTES = 8 << 10;
  private static final long BEAT_MILLIS = 250;
  private static final int BEATS_A_SECOND = 4;
  private static final long STOP_MILLIS = 2000;

  private final CameraService service;
  private final Server server;
  private final ServerConnector connector;
  private final Access access;
  private final URI address;
  private final LiveHub hub;
  private final NextPictures pictures;
  private final Api api;
  private final SlowClients slow;
  private int beats;

  private CameraServer(
      ServerConfig config,
      CameraService service,
      Optional<Clips> clips,
      PrometheusMeterRegistry registry,
      Limits limits) {
    this.service = service;
    Optional<SslContextFactory.Server> tls = TlsFiles.read(config);
    InetAddress host = host(config);
    access = new Access(config.token(), config.names(), new WrongTokens(System::nanoTime));
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
    threads.setName("avocet-web");
    var scheduler = new ScheduledExecutorScheduler("avocet-web-time", true);
    server =
        new Server(threads, scheduler, new ArrayByteBufferPool(-1, -1, -1, -1, POOLED, POOLED));
    server.setStopTimeout(STOP_MILLIS);
    server.setErrorHandler(new ErrorAnswers(tls.isPresent()));
    connector = connector(server, tls);
    connector.setHost(host.getHostAddress());
    connector.setPort(config.port());
    connector.setIdleTimeout(limits.idle().toMillis());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    slow = new SlowClients(connector, limits.request());
    pictures = new NextPictures(threads, scheduler, limits);
    hub = new LiveHub(service, threads, limits, registry);
    api = new Api(service, clips, registry, pictures, new Bodies(scheduler, limits), hub);
    var routes = api.routes(new LiveUpgrade(hub, server, limits));
    server.setHandler(
        new Router(access, PageFiles.read(), routes, tls.isPresent(), scheduler, limits));
    listen(config);
    address = address(host, tls.isPresent(), connector.getLocalPort());
  }

  /**
   * Serves the page.
   *
   * @param config where to listen, and the token
   * @param service whose it is; stays the caller's, who closes it after the server
   * @param clips that are recorded, if any; stay the caller's
   * @param registry that {@code /metrics} writes down
   * @throws AvocetException INVALID_ARG for a token, certificate or key that is none; FAIL where
   *     the port cannot be had
   */
  public static CameraServer start(
      ServerConfig config,
      CameraService service,
      Optional<Clips> clips,
      PrometheusMeterRegistry registry) {
    return start(config, service, clips, registry, Limits.DEFAULT);
  }

  static CameraServer start(
      ServerConfig config,
      CameraService service,
      Optional<Clips> clips,
      PrometheusMeterRegistry registry,
      Limits limits) {
    CameraServer started = new CameraServer(config, service, clips, registry, limits);
    service.add(started.hub);
    service.add(started.pictures);
    started.scheduleBeat();
    return started;
  }

  private static InetAddress host(ServerConfig config) {
    try {
      return InetAddress.getByName(config.host());
    } catch (UnknownHostException e) {
      throw new AvocetException(
          Status.FAIL,
          "server.host=%s is no address of this machine; use 127.0.0.1, or 0.0.0.0 for all"
              .formatted(config.host()),
          e);
    }
  }

  private static ServerConnector connector(Server server, Optional<SslContextFactory.Server> tls) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (tls.isEmpty()) {
      return new ServerConnector(server, 1, 1, plain);
    }
    // By which name it is called is checked once for all, in Access.
    http.addCustomizer(new SecureRequestCustomizer(false));
    var encrypted = new SslConnectionFactory(tls.get(), HttpVersion.HTTP_1_1.asString());
    return new ServerConnector(server, 1, 1, encrypted, plain);
  }

  private void listen(ServerConfig config) {
    try {
      server.start();
    } catch (Exception e) {
      stop(e);
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new AvocetException(
          Status.FAIL,
          "host=%s port=%d cannot be listened at (%s); choose another port, or end what has it"
              .formatted(config.host(), config.port(), reason.getMessage()),
          e);
    }
  }

  private static URI address(InetAddress host, boolean tls, int port) {
    String name = host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress();
    return URI.create(
        "%s://%s:%d/"
            .formatted(tls ? "https" : "http", name.contains(":") ? "[" + name + "]" : name, port));
  }

  /** Where browsers find the page; where it listens at all addresses, one of this machine. */
  public URI address() {
    return address;
  }

  /** What write actions ask for. */
  public String token() {
    return access.token();
  }

  private void scheduleBeat() {
    connector
        .getScheduler()
        .schedule(() -> hub.execute(this::beat), BEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void beat() {
    try {
      hub.tellState();
      beats++;
      if (beats % BEATS_A_SECOND == 0) {
        hub.tellStats(api::stats);
        slow.check();
      }
    } finally {
      scheduleBeat();
    }
  }

  /** Takes leave of all who look on and stops; the service goes on. */
  @Override
  public void close() {
    service.remove(hub);
    service.remove(pictures);
    hub.close();
    stop(null);
  }

  private void stop(Exception failure) {
    try {
      server.stop();
    } catch (Exception e) {
      if (failure == null) {
        throw new AvocetException(Status.FAIL, "the page's server did not stop: " + e, e);
      }
      failure.addSuppressed(e);
    }
  }
}
