package dev.avocet;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Status;
import dev.avocet.pipeline.internal.HandleOptions;
import dev.avocet.track.DetectionMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Whose turn it is at a {@link PoseTracker}: one frame of a state at a time, submitted ones in
 * their order. Thread safe; no lock is held while a frame is in work. The threads start with the
 * first submission.
 */
final class TrackQueue implements AutoCloseable {
  /** A frame that waits. */
  record Job(
      PoseTracker.State state,
      Image frame,
      List<DetectionMode> modes,
      CompletableFuture<List<TrackedPose>> future) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<PoseTracker.State> busy = new HashSet<>();
  private final Deque<Job> waiting = new ArrayDeque<>();
  private final int capacity;
  private final int threads;
  private final Function<Job, List<List<TrackedPose>>> work;
  private boolean started;
  private boolean closed;

  TrackQueue(HandleOptions options, Function<Job, List<List<TrackedPose>>> work) {
    this.capacity = options.queueCapacity();
    this.threads = options.net().concurrency();
    this.work = work;
  }

  /**
   * Waits until none of these states is busy, and makes them so. All at once: two callers that want
   * the same two never wait for each other.
   *
   * @throws AvocetException CLOSED, or CANCELLED where the thread is interrupted
   */
  void enter(Collection<PoseTracker.State> states) {
    lock.lock();
    try {
      while (!closed && states.stream().anyMatch(busy::contains)) {
        changed.await();
      }
      checkOpen();
      busy.addAll(states);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AvocetException(
          Status.CANCELLED, "the thread was interrupted while it waited for a state", e);
    } finally {
      lock.unlock();
    }
  }

  void leave(Collection<PoseTracker.State> states) {
    lock.lock();
    try {
      busy.removeAll(states);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  CompletableFuture<List<TrackedPose>> submit(
      PoseTracker.State state, Image frame, DetectionMode mode) {
    Job job = new Job(state, frame, List.of(mode), new CompletableFuture<>());
    lock.lock();
    try {
      checkOpen();
      if (waiting.size() >= capacity) {
        throw new AvocetException(
            Status.BUSY,
            "%d frames are waiting already: submit later, or raise queueCapacity"
                .formatted(waiting.size()));
      }
      waiting.add(job);
      changed.signalAll();
      for (int i = 0; !started && i < threads; i++) {
        Thread worker = new Thread(this::serve, "avocet-posetracker-" + i);
        worker.setDaemon(true);
        worker.start();
      }
      started = true;
    } finally {
      lock.unlock();
    }
    return job.future();
  }

  private void checkOpen() {
    if (closed) {
      throw closedHandle();
    }
  }

  private static AvocetException closedHandle() {
    return new AvocetException(Status.CLOSED, "the handle is closed: open a new one");
  }

  private void serve() {
    for (Optional<Job> next = next(); next.isPresent(); next = next()) {
      Job job = next.get();
      // Completed once the state is given back: what depends on a future may close the handle.
      Runnable completion;
      try {
        List<TrackedPose> answer = work.apply(job).get(0);
        completion = () -> job.future().complete(answer);
      } catch (RuntimeException | Error e) {
        completion = () -> job.future().completeExceptionally(e);
      } finally {
        leave(List.of(job.state()));
      }
      completion.run();
    }
  }

  /** The first frame whose state is not busy, which it is from now on; empty once closed. */
  private Optional<Job> next() {
    lock.lock();
    try {
      while (!closed) {
        for (Iterator<Job> jobs = waiting.iterator(); jobs.hasNext(); ) {
          Job job = jobs.next();
          if (job.future().isDone()) {
            jobs.remove();
          } else if (busy.add(job.state())) {
            jobs.remove();
            return Optional.of(job);
          }
        }
        changed.awaitUninterruptibly();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses what waits and comes, and waits for what is in work. */
  @Override
  public void close() {
    List<Job> refused;
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      refused = new ArrayList<>(waiting);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    refused.forEach(job -> job.future().completeExceptionally(closedHandle()));
    lock.lock();
    try {
      while (!busy.isEmpty()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
