package dev.avocet.camera.web;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Reads on, once a request is answered, what its client still sends, and throws that away. A
 * connection that were closed instead could take the answer with it, before the client has read why
 * it was refused. No thread waits for it; much, or late, is not read.
 */
final class Leftovers implements Callback, Runnable {
  private static final long MOST_BYTES = 1 << 20;

  private final Request request;
  private final Callback callback;
  private final Scheduler scheduler;
  private final Limits limits;

  /** Null while nothing was waited for. */
  private Scheduler.Task late;

  private long bytes;

  private Leftovers(Request request, Callback callback, Scheduler scheduler, Limits limits) {
    this.request = request;
    this.callback = callback;
    this.scheduler = scheduler;
    this.limits = limits;
  }

  /**
   * What to call when a request is answered.
   *
   * @param callback Jetty's, called after it
   */
  static Callback after(Request request, Callback callback, Scheduler scheduler, Limits limits) {
    boolean reading = Route.READING.contains(request.getMethod());
    // Who waits to be told to go on sends nothing now.
    boolean waits = request.getHeaders().contains(HttpHeader.EXPECT);
    return reading || waits || request.getLength() > MOST_BYTES
        ? callback
        : new Leftovers(request, callback, scheduler, limits);
  }

  @Override
  public void succeeded() {
    run();
  }

  @Override
  public void failed(Throwable failure) {
    callback.failed(failure);
  }

  @Override
  public void run() {
    boolean more = true;
    while (more) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        waitForMore();
        return;
      }
      bytes += chunk.remaining();
      more = !Content.Chunk.isFailure(chunk) && !chunk.isLast() && bytes <= MOST_BYTES;
      chunk.release();
    }
    if (late != null) {
      late.cancel();
    }
    callback.succeeded();
  }

  private void waitForMore() {
    if (late == null) {
      late =
          scheduler.schedule(
              () -> request.fail(new TimeoutException("the body took too long")),
              limits.request().toMillis(),
              TimeUnit.MILLISECONDS);
    }
    request.demand(this);
  }
}
