package dev.avocet.core.internal;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;

/**
 * Frees what an owner shares with users once all of them have let go, in whatever order they do.
 * Thread safe.
 */
public final class Lifetime {
  private final String name;
  private final Runnable free;
  private int users = 1;
  private volatile boolean closed;

  /**
   * Begins with the owner alone.
   *
   * @param name of what is shared, for messages: {@code the network x.onnx}
   * @param free run once, by whoever lets go last
   */
  public Lifetime(String name, Runnable free) {
    this.name = name;
    this.free = free;
  }

  /** Throws CLOSED after {@link #close}. */
  public void checkOpen() {
    if (closed) {
      throw new AvocetException(Status.CLOSED, name + " is closed");
    }
  }

  /** One user more; throws CLOSED after {@link #close}. */
  public synchronized void acquire() {
    checkOpen();
    users++;
  }

  /** One user less. */
  public synchronized void release() {
    users--;
    if (users == 0) {
      free.run();
    }
  }

  /** The owner lets go; later calls do nothing. */
  public synchronized void close() {
    if (!closed) {
      closed = true;
      release();
    }
  }
}
