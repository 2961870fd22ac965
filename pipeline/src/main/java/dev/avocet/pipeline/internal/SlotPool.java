package dev.avocet.pipeline.internal;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Slots that callers share. Thread safe; no lock is held while a slot runs.
 *
 * @param <T> what the slots' heads decode to
 */
final class SlotPool<T> implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Slot<T>> all;
  private final ArrayDeque<Slot<T>> free;
  private Runnable freed = () -> {};
  private boolean closing;
  private boolean closed;

  SlotPool(List<Slot<T>> slots) {
    this.all = List.copyOf(slots);
    this.free = new ArrayDeque<>(slots);
  }

  int size() {
    return all.size();
  }

  /**
   * Takes a slot, waiting for one to become free.
   *
   * @param deadline how long to wait; for ever where empty
   * @throws AvocetException CLOSED, DEADLINE, or CANCELLED where the thread is interrupted
   */
  Slot<T> acquire(Optional<Duration> deadline) {
    long left = deadline.map(Duration::toNanos).orElse(Long.MAX_VALUE);
    lock.lock();
    try {
      while (!closing && free.isEmpty()) {
        if (left <= 0) {
          throw new AvocetException(
              Status.DEADLINE,
              "deadline=%s passed while all %d slots were busy: raise concurrency or the deadline"
                  .formatted(deadline.orElseThrow(), all.size()));
        }
        left = changed.awaitNanos(left);
      }
      if (closing) {
        throw closedHandle();
      }
      // Last in, first out: its buffers are the ones still in the processor's cache.
      return free.pop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AvocetException(
          Status.CANCELLED, "the thread was interrupted while it waited for a slot", e);
    } finally {
      lock.unlock();
    }
  }

  /** The same without waiting. */
  Optional<Slot<T>> tryAcquire() {
    lock.lock();
    try {
      return closing ? Optional.empty() : Optional.ofNullable(free.poll());
    } finally {
      lock.unlock();
    }
  }

  void release(Slot<T> slot) {
    lock.lock();
    try {
      free.push(slot);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    freed.run();
  }

  /**
   * Has this called, without a lock, whenever a slot has become free; to be set before the first.
   */
  void onFreed(Runnable listener) {
    freed = listener;
  }

  static AvocetException closedHandle() {
    return new AvocetException(Status.CLOSED, "the handle is closed: open a new one");
  }

  /** From now on nobody gets a slot. */
  void refuse() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses new calls, waits for those in flight and frees the slots. */
  @Override
  public void close() {
    refuse();
    lock.lock();
    try {
      while (!closed && free.size() < all.size()) {
        changed.awaitUninterruptibly();
      }
      if (!closed) {
        closed = true;
        changed.signalAll();
        Closing.all(all);
      }
    } finally {
      lock.unlock();
    }
  }
}
