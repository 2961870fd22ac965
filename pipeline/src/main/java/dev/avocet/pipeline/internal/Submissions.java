package dev.avocet.pipeline.internal;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The queue of submitted calls and the threads that work it off, sharing runs of the network among
 * the calls that wait. Thread safe. The threads start with the first submission.
 *
 * @param <T> what the head decodes to
 */
final class Submissions<T> implements AutoCloseable {
  /**
   * What one future answers.
   *
   * @param join makes its answer of those of the calls
   * @param release run once when the calls' pictures are not needed any more
   */
  private record Pending<T, A, R>(
      List<Call<T, A>> calls,
      Function<List<A>, R> join,
      Runnable release,
      CompletableFuture<R> future,
      long submitted) {
    private Optional<Duration> deadline() {
      return calls.get(0).deadline();
    }

    boolean expired() {
      return deadline().isPresent() && System.nanoTime() - submitted > deadline().get().toNanos();
    }

    AvocetException tooLate() {
      return new AvocetException(
          Status.DEADLINE,
          "deadline=%s passed while the call waited in the queue"
              .formatted(deadline().orElseThrow()));
    }

    void fail(Throwable e) {
      future.completeExceptionally(e);
    }

    void complete(List<A> answers) {
      if (!future.complete(join.apply(answers))) {
        answers.forEach(Closing::discard);
      }
    }
  }

  private final SlotPool<T> pool;
  private final BlockingQueue<Pending<T, ?, ?>> queue;
  private final Duration batchDelay;
  private final String name;
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean closed;

  Submissions(SlotPool<T> pool, int capacity, Duration batchDelay, String name) {
    this.pool = pool;
    this.queue = new LinkedBlockingQueue<>(capacity);
    this.batchDelay = batchDelay;
    this.name = name;
  }

  /** Queues calls that have one future; see {@link Runner#submitAll}. */
  <A, R> CompletableFuture<R> submit(
      List<Call<T, A>> calls, Function<List<A>, R> join, Runnable release) {
    start();
    Pending<T, A, R> pending =
        new Pending<>(calls, join, release, new CompletableFuture<>(), System.nanoTime());
    if (closed) {
      release.run();
      throw SlotPool.closedHandle();
    }
    if (!queue.offer(pending)) {
      release.run();
      throw new AvocetException(
          Status.BUSY,
          "%d calls are waiting already: submit later, or raise queueCapacity"
              .formatted(queue.size()));
    }
    if (closed) {
      refuseAll();
    }
    return pending.future;
  }

  private synchronized void start() {
    if (closed || !workers.isEmpty()) {
      return;
    }
    for (int i = 0; i < pool.size(); i++) {
      Thread worker = new Thread(this::work, "avocet-%s-%d".formatted(name, i));
      worker.setDaemon(true);
      workers.add(worker);
      worker.start();
    }
  }

  private void work() {
    while (!closed) {
      List<Pending<T, ?, ?>> batch = new ArrayList<>();
      // Run once the slot is given back: what depends on a future may close the handle.
      List<Runnable> completions = new ArrayList<>();
      try {
        batch.add(queue.take());
        Slot<T> slot = pool.acquire(Optional.empty());
        try {
          gather(batch, slot.maxBatch());
          answer(slot, batch, completions);
        } finally {
          pool.release(slot);
        }
      } catch (InterruptedException | AvocetException e) {
        // Only close() interrupts a worker or keeps a slot from it, after setting the flag above.
        batch.forEach(pending -> completions.add(() -> pending.fail(SlotPool.closedHandle())));
      }
      batch.forEach(pending -> pending.release.run());
      completions.forEach(Runnable::run);
    }
  }

  private void gather(List<Pending<T, ?, ?>> batch, int most) throws InterruptedException {
    long until = System.nanoTime() + batchDelay.toNanos();
    while (batch.stream().mapToInt(pending -> pending.calls.size()).sum() < most) {
      Pending<T, ?, ?> next = queue.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return;
      }
      batch.add(next);
    }
  }

  private void answer(Slot<T> slot, List<Pending<T, ?, ?>> batch, List<Runnable> completions) {
    List<Pending<T, ?, ?>> live = new ArrayList<>();
    for (Pending<T, ?, ?> pending : batch) {
      if (pending.expired()) {
        completions.add(() -> pending.fail(pending.tooLate()));
      } else if (!pending.future.isDone()) {
        live.add(pending);
      }
    }
    if (live.size() < 2 || !together(slot, live, completions)) {
      live.forEach(pending -> alone(slot, pending, completions));
    }
  }

  /**
   * Runs all in one go; where that fails nobody is answered, so that each can have its own error.
   */
  private boolean together(Slot<T> slot, List<Pending<T, ?, ?>> batch, List<Runnable> completions) {
    List<Call<T, Object>> calls = new ArrayList<>();
    for (Pending<T, ?, ?> pending : batch) {
      @SuppressWarnings("unchecked") // each answer goes back to the future it was made for
      List<Call<T, Object>> some = (List<Call<T, Object>>) (List<?>) pending.calls;
      calls.addAll(some);
    }
    List<Object> answers;
    try {
      answers = slot.runAll(calls);
    } catch (RuntimeException e) {
      return false;
    }
    int from = 0;
    for (Pending<T, ?, ?> each : batch) {
      @SuppressWarnings("unchecked") // as above
      Pending<T, Object, ?> pending = (Pending<T, Object, ?>) each;
      List<Object> own = answers.subList(from, from + pending.calls.size());
      completions.add(() -> pending.complete(own));
      from += pending.calls.size();
    }
    return true;
  }

  private <A, R> void alone(Slot<T> slot, Pending<T, A, R> pending, List<Runnable> completions) {
    try {
      List<A> answers =
          pending.calls.size() == 1
              ? List.of(slot.run(pending.calls.get(0)))
              : slot.runAll(pending.calls);
      completions.add(() -> pending.complete(answers));
    } catch (RuntimeException | Error e) {
      completions.add(() -> pending.fail(e));
    }
  }

  private void refuseAll() {
    for (Pending<T, ?, ?> p = queue.poll(); p != null; p = queue.poll()) {
      p.release.run();
      p.fail(SlotPool.closedHandle());
    }
  }

  /** Refuses what waits, lets what runs finish, and ends the threads. */
  @Override
  public void close() {
    List<Thread> ending;
    synchronized (this) {
      closed = true;
      ending = List.copyOf(workers);
    }
    refuseAll();
    for (Thread worker : ending) {
      worker.interrupt();
      boolean interrupted = false;
      while (worker.isAlive() && worker != Thread.currentThread()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    refuseAll();
  }
}
