package dev.avocet.pipeline.internal;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The queue of submitted calls and the threads that work it off, sharing runs of the network among
 * the calls that wait. A worker prepares calls, starts the run, and turns to the next while it goes
 * on; whichever worker is free decodes what has ended. So one worker keeps the slots of an
 * asynchronous engine busy, and any other engine needs as many as there are slots. Thread safe; no
 * lock is held while a slot works. The threads start with the first submission.
 *
 * @param <T> what the head decodes to
 */
final class Submissions<T> implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Pending<T, ?, ?>> waiting = new ArrayDeque<>();
  private final ArrayDeque<Batch<T>> ended = new ArrayDeque<>();
  private final List<Thread> workers = new ArrayList<>();
  private final SlotPool<T> pool;
  private final Limits limits;
  private final int threads;
  private final String name;
  private final String network;

  /** Calls in {@link #waiting}. */
  private int calls;

  /** Batches that have a slot. */
  private int running;

  private boolean closed;

  /**
   * How much waits and for how long.
   *
   * @param capacity most futures that wait
   * @param maxBatch calls that do not wait for more
   * @param batchDelay how long fewer wait
   */
  record Limits(int capacity, int maxBatch, Duration batchDelay) {}

  /**
   * A queue for these slots.
   *
   * @param threads number of workers
   * @param name in the names of the threads
   * @param network name of the network, for Java Flight Recorder
   */
  Submissions(SlotPool<T> pool, Limits limits, int threads, String name, String network) {
    this.pool = pool;
    this.limits = limits;
    this.threads = threads;
    this.name = name;
    this.network = network;
    pool.onFreed(this::slotFreed);
  }

  /** Queues calls that have one future; see {@link Runner#submitAll}. */
  <A, R> CompletableFuture<R> submit(
      List<Call<T, A>> some, Function<List<A>, R> join, Runnable release) {
    Pending<T, A, R> pending =
        new Pending<>(
            some,
            join,
            release,
            new CompletableFuture<>(),
            System.nanoTime(),
            Span.waiting(network, "queue", some.size()));
    try {
      enqueue(pending);
    } catch (RuntimeException | Error e) {
      release.run();
      throw e;
    }
    return pending.future();
  }

  private void enqueue(Pending<T, ?, ?> pending) {
    lock.lock();
    try {
      if (closed) {
        throw SlotPool.closedHandle();
      }
      if (waiting.size() >= limits.capacity) {
        throw new AvocetException(
            Status.BUSY,
            "%d calls are waiting already: submit later, or raise queueCapacity"
                .formatted(waiting.size()));
      }
      for (int i = workers.size(); i < threads; i++) {
        Thread worker = new Thread(() -> serve(false), "avocet-%s-%d".formatted(name, i));
        worker.setDaemon(true);
        worker.start();
        workers.add(worker);
      }
      waiting.add(pending);
      calls += pending.calls().size();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Works until the handle is closed and nothing runs any more.
   *
   * @param finishing end what runs already and no more
   */
  private void serve(boolean finishing) {
    for (Optional<Batch<T>> next = next(finishing); next.isPresent(); next = next(finishing)) {
      Batch<T> batch = next.get();
      if (!batch.advance(() -> runEnded(batch))) {
        pool.release(batch.slot());
        batchEnded();
        // With the slot given back: what depends on a future may close the handle.
        batch.finish();
      }
    }
  }

  /** What there is to go on with, once there is something. */
  private Optional<Batch<T>> next(boolean finishing) {
    lock.lock();
    try {
      while (ended.isEmpty()) {
        boolean last = closed || finishing;
        if (last && running == 0) {
          return Optional.empty();
        }
        Optional<Slot<T>> slot = last || !due() ? Optional.empty() : pool.tryAcquire();
        if (slot.isPresent()) {
          running++;
          return Optional.of(new Batch<>(slot.get(), gather()));
        }
        await();
      }
      return Optional.of(ended.remove());
    } finally {
      // The signal for what waits may have gone to this thread.
      if (!waiting.isEmpty()) {
        changed.signal();
      }
      lock.unlock();
    }
  }

  /** Whether something waits and need not wait for company any more. */
  private boolean due() {
    return !waiting.isEmpty() && nanosToWait() <= 0;
  }

  private long nanosToWait() {
    return calls >= limits.maxBatch || waiting.size() >= limits.capacity
        ? 0
        : waiting.element().submitted() + limits.batchDelay.toNanos() - System.nanoTime();
  }

  private List<Pending<T, ?, ?>> gather() {
    List<Pending<T, ?, ?>> batch = new ArrayList<>();
    int taken = 0;
    while (taken < limits.maxBatch && !waiting.isEmpty()) {
      Pending<T, ?, ?> pending = waiting.remove();
      batch.add(pending);
      pending.waiting().commit();
      taken += pending.calls().size();
    }
    calls -= taken;
    return batch;
  }

  @SuppressWarnings("WaitNotInLoop") // next() looks again whatever the reason for waking up
  private void await() {
    long nanos = waiting.isEmpty() ? 0 : nanosToWait();
    if (nanos <= 0) {
      changed.awaitUninterruptibly();
      return;
    }
    try {
      changed.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // Left behind by what depends on a future; it is not meant for this queue.
    }
  }

  private void runEnded(Batch<T> batch) {
    lock.lock();
    try {
      ended.add(batch);
      // A worker whose engine has run it in this very thread comes to look.
      if (!workers.contains(Thread.currentThread())) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void batchEnded() {
    lock.lock();
    try {
      running--;
      if (closed && running == 0) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void slotFreed() {
    lock.lock();
    try {
      if (!waiting.isEmpty()) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * To be called before waiting for slots: ends what runs where nobody else would, since the caller
   * is the only worker, which what depends on a future has been called by.
   */
  void settle() {
    if (threads == 1 && onWorker()) {
      serve(true);
    }
  }

  private boolean onWorker() {
    lock.lock();
    try {
      return workers.contains(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Refuses what waits, lets what runs finish, and ends the threads; called by one of them it does
   * not wait for the others, which may be closing too.
   */
  @Override
  public void close() {
    List<Pending<T, ?, ?>> refused;
    List<Thread> ending;
    lock.lock();
    try {
      closed = true;
      refused = List.copyOf(waiting);
      waiting.clear();
      ending = List.copyOf(workers);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    refused.forEach(pending -> pending.release().run());
    refused.forEach(pending -> pending.fail(SlotPool.closedHandle()));
    settle();
    if (!ending.contains(Thread.currentThread())) {
      ending.forEach(Submissions::join);
    }
  }

  private static void join(Thread worker) {
    boolean interrupted = false;
    while (worker.isAlive()) {
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
}
