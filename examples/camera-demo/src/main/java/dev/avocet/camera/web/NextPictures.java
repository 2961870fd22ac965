package dev.avocet.camera.web;

import dev.avocet.camera.seen.Observation;
import dev.avocet.camera.seen.Observer;
import dev.avocet.core.Status;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Requests for a picture of a source that nobody watches: they wait for its next one. Thread safe.
 */
final class NextPictures implements Observer {
  private final Executor executor;
  private final Scheduler scheduler;
  private final Limits limits;
  private final Map<String, Queue<CompletableFuture<byte[]>>> waiting = new ConcurrentHashMap<>();

  NextPictures(Executor executor, Scheduler scheduler, Limits limits) {
    this.executor = executor;
    this.scheduler = scheduler;
    this.limits = limits;
  }

  /**
   * The next picture as a JPEG file, or a {@link Refusal} where none comes in time.
   *
   * @param source that there is
   */
  CompletableFuture<byte[]> next(String source) {
    CompletableFuture<byte[]> picture = new CompletableFuture<>();
    Queue<CompletableFuture<byte[]>> queue =
        waiting.computeIfAbsent(source, s -> new ConcurrentLinkedQueue<>());
    queue.add(picture);
    Scheduler.Task late =
        scheduler.schedule(
            () -> executor.execute(() -> giveUp(queue, picture)),
            limits.picture().toMillis(),
            TimeUnit.MILLISECONDS);
    return picture.whenComplete((bytes, failure) -> late.cancel());
  }

  private static void giveUp(
      Queue<CompletableFuture<byte[]>> queue, CompletableFuture<byte[]> picture) {
    queue.removeIf(one -> one == picture);
    picture.completeExceptionally(
        new Refusal(
            503, Status.BUSY, "the source gives no picture now; GET /api/state tells its state"));
  }

  @Override
  public boolean wantsPictures(String source) {
    Queue<CompletableFuture<byte[]>> queue = waiting.get(source);
    return queue != null && !queue.isEmpty();
  }

  @Override
  public void seen(Observation observation) {
    if (observation.jpeg().isPresent() && wantsPictures(observation.source())) {
      byte[] jpeg = observation.jpeg().get();
      Queue<CompletableFuture<byte[]>> queue = waiting.get(observation.source());
      executor.execute(
          () -> {
            for (var one = queue.poll(); one != null; one = queue.poll()) {
              one.complete(jpeg);
            }
          });
    }
  }
}
