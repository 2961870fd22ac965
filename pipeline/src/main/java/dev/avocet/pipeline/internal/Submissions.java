package dev.avocet.pipeline.internal;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The queue of submitted calls and the threads that work it off, sharing runs of the network among
 * the calls that wait. Thread safe. The threads start with the first submission.
 *
 * @param <T> what the head decodes to
 */
final class Submissions<T> implements AutoCloseable {
  private record Pending<T, R>(Call<T, R> call, CompletableFuture<R> future, long submitted) {
    boolean expired() {
      return call.deadline().isPresent()
          && System.nanoTime() - submitted > call.deadline().get().toNanos();
    }

    AvocetException tooLate() {
      return new AvocetException(
          Status.DEADLINE,
          "deadline=%s passed while the call waited in the queue"
              .formatted(call.deadline().orElseThrow()));
    }

    void fail(Throwable e) {
      future.completeExceptionally(e);
    }

    void complete(R answer) {
      if (!future.complete(answer)) {
        Closing.discard(answer);
      }
    }
  }

  private final SlotPool<T> pool;
  private final ArrayBlockingQueue<Pending<T, ?>> queue;
  private final Duration batchDelay;
  private final String name;
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean closed;

  Submissions(SlotPool<T> pool, HandleOptions options, String name) {
    this.pool = pool;
    this.queue = new ArrayBlockingQueue<>(options.queueCapacity());
    this.batchDelay = options.batchDelay();
    this.name = name;
  }

  <R> CompletableFuture<R> submit(Call<T, R> call) {
    start();
    Pending<T, R> pending = new Pending<>(call, new CompletableFuture<>(), System.nanoTime());
    if (closed) {
      throw SlotPool.closedHandle();
    }
    if (!queue.offer(pending)) {
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
      List<Pending<T, ?>> batch = new ArrayList<>();
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
      completions.forEach(Runnable::run);
    }
  }

  private void gather(List<Pending<T, ?>> batch, int most) throws InterruptedException {
    queue.drainTo(batch, most - batch.size());
    long until = System.nanoTime() + batchDelay.toNanos();
    while (batch.size() < most) {
      Pending<T, ?> next = queue.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return;
      }
      batch.add(next);
    }
  }

  private void answer(Slot<T> slot, List<Pending<T, ?>> batch, List<Runnable> completions) {
    batch.removeIf(pending -> pending.future.isDone());
    List<Pending<T, ?>> late = batch.stream().filter(Pending::expired).toList();
    batch.removeAll(late);
    late.forEach(pending -> completions.add(() -> pending.fail(pending.tooLate())));
    if (batch.size() < 2 || !together(slot, batch, completions)) {
      batch.forEach(pending -> alone(slot, pending, completions));
    }
  }

  /**
   * Runs all in one go; where that fails nobody is answered, so that each can have its own error.
   */
  private boolean together(Slot<T> slot, List<Pending<T, ?>> batch, List<Runnable> completions) {
    List<Call<T, Object>> calls = new ArrayList<>();
    for (Pending<T, ?> pending : batch) {
      @SuppressWarnings("unchecked") // each answer goes back to the future it was made for
      Call<T, Object> call = (Call<T, Object>) pending.call;
      calls.add(call);
    }
    List<Object> answers;
    try {
      answers = slot.runAll(calls);
    } catch (RuntimeException e) {
      return false;
    }
    for (int i = 0; i < answers.size(); i++) {
      @SuppressWarnings("unchecked") // as above
      Pending<T, Object> pending = (Pending<T, Object>) batch.get(i);
      Object answer = answers.get(i);
      completions.add(() -> pending.complete(answer));
    }
    return true;
  }

  private <R> void alone(Slot<T> slot, Pending<T, R> pending, List<Runnable> completions) {
    try {
      R answer = slot.run(pending.call);
      completions.add(() -> pending.complete(answer));
    } catch (RuntimeException | Error e) {
      completions.add(() -> pending.fail(e));
    }
  }

  private void refuseAll() {
    for (Pending<T, ?> p = queue.poll(); p != null; p = queue.poll()) {
      p.future.completeExceptionally(SlotPool.closedHandle());
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
