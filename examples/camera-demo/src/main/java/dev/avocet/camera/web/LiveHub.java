package dev.avocet.camera.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.camera.run.CameraService;
import dev.avocet.camera.seen.Observation;
import dev.avocet.camera.seen.Observer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.StatusCode;

/** Hands what is seen to all viewers. Thread safe; has no thread of its own. */
final class LiveHub implements Observer {
  static final String FULL = "too many pages look on; close one or try again later";

  private final CameraService service;
  private final Executor executor;
  private final Limits limits;
  private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
  private final Counter sent;
  private final Counter passed;
  private long sentVersion = -1;
  private volatile boolean closed;

  LiveHub(CameraService service, Executor executor, Limits limits, MeterRegistry registry) {
    this.service = service;
    this.executor = executor;
    this.limits = limits;
    this.sent = frames("sent", registry);
    this.passed = frames("passed", registry);
    Gauge.builder("avocet.page.viewers", viewers, Set::size)
        .description("Pages that look on")
        .register(registry);
  }

  private static Counter frames(String what, MeterRegistry registry) {
    return Counter.builder("avocet.page.frames")
        .description("Frames for pages that look on: sent, or passed over for a newer one")
        .tag("result", what)
        .register(registry);
  }

  int viewers() {
    return viewers.size();
  }

  boolean isFull() {
    return closed || viewers.size() >= limits.viewers();
  }

  /** Whether there was room for it; it is told the state at once. */
  synchronized boolean add(Viewer viewer) {
    if (isFull()) {
      return false;
    }
    viewers.add(viewer);
    viewer.offer("state", wrap("state", service.state()));
    return true;
  }

  void remove(Viewer viewer) {
    viewers.remove(viewer);
  }

  @Override
  public boolean wantsPictures(String source) {
    for (Viewer viewer : viewers) {
      if (viewer.watches(source)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void seen(Observation observation) {
    if (observation.jpeg().isPresent()) {
      LiveFrame frame = new LiveFrame(observation);
      viewers.forEach(viewer -> viewer.offer(frame));
    }
  }

  void drawn(Observation observation) {
    service.drawn(observation);
  }

  void sent() {
    sent.increment();
  }

  void passed() {
    passed.increment();
  }

  /** Runs something in one of the server's threads; nothing any more once it stops. */
  void execute(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  /** Tells the state where it has changed; called several times a second. */
  void tellState() {
    long version = service.stateVersion();
    if (version != sentVersion) {
      sentVersion = version;
      tell("state", service.state());
    }
  }

  /** Tells the stats and looks after viewers; called every second. */
  void tellStats(Supplier<ObjectNode> stats) {
    if (!viewers.isEmpty()) {
      tell("stats", stats.get());
      viewers.forEach(viewer -> viewer.check(limits.silence().toNanos()));
    }
  }

  private void tell(String kind, ObjectNode what) {
    String text = wrap(kind, what);
    viewers.forEach(viewer -> viewer.offer(kind, text));
  }

  private static String wrap(String kind, ObjectNode what) {
    return JsonNodeFactory.instance.objectNode().set(kind, what).toString();
  }

  /** Takes leave of all viewers; returns when they were told, after a second at most. */
  void close() {
    closed = true;
    CompletableFuture<?>[] all =
        viewers.stream().map(LiveHub::leave).toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(all).completeOnTimeout(null, 1, TimeUnit.SECONDS).join();
  }

  private static CompletableFuture<Void> leave(Viewer viewer) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Callback then = Callback.from(() -> done.complete(null), x -> done.complete(null));
    viewer.close(StatusCode.SHUTDOWN, "the server stops", then);
    return done;
  }
}
