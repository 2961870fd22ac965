package dev.avocet.pipeline.internal.graph;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bounds how many runs are under way, and waits for the last of them. Thread safe. */
final class Entrance {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int most;
  private int inside;
  private boolean closed;

  Entrance(int most) {
    this.most = most;
  }

  /**
   * Goes in, waiting for room.
   *
   * @throws AvocetException CLOSED, or CANCELLED where the thread is interrupted
   */
  void enter() {
    lock.lock();
    try {
      while (!closed && inside >= most) {
        changed.await();
      }
      goIn();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AvocetException(
          Status.CANCELLED, "the thread was interrupted while it waited for the pipeline", e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Goes in if there is room.
   *
   * @throws AvocetException BUSY, CLOSED
   */
  void enterNow() {
    lock.lock();
    try {
      if (!closed && inside >= most) {
        throw new AvocetException(
            Status.BUSY,
            "%d runs are under way already: submit later, or raise queueCapacity"
                .formatted(inside));
      }
      goIn();
    } finally {
      lock.unlock();
    }
  }

  private void goIn() {
    if (closed) {
      throw new AvocetException(Status.CLOSED, "the pipeline is closed: open a new one");
    }
    inside++;
  }

  void leave() {
    lock.lock();
    try {
      inside--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody in any more and waits until all are out. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      while (inside > 0) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
