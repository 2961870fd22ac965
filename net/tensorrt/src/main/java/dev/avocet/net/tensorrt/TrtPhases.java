package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.net.OpenListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Hands phases of a build to a listener, until it gives up. Thread safe. */
final class TrtPhases {
  private final String file;
  private final OpenListener listener;
  private final Map<String, Integer> steps = new ConcurrentHashMap<>();
  private volatile boolean cancelled;

  /**
   * For one opening.
   *
   * @param file what is opened, for people
   */
  TrtPhases(String file, OpenListener listener) {
    this.file = file;
    this.listener = listener;
  }

  /** A phase begins. */
  void begin(String phase, int count) {
    steps.put(phase, Math.max(1, count));
    tell(phase, 0, Math.max(1, count));
  }

  /** A step, counted from 0, is done; false where the listener has given up by now. */
  boolean step(String phase, int step) {
    int count = steps.getOrDefault(phase, 1);
    return tell(phase, Math.min(Math.max(0, step) + 1, count), count);
  }

  /** A phase ends, be it before its last step. */
  void end(String phase) {
    Integer count = steps.remove(phase);
    if (count != null) {
      tell(phase, count, count);
    }
  }

  private boolean tell(String phase, int done, int count) {
    if (cancelled) {
      return false;
    }
    boolean on = false;
    try {
      on = listener.progress(phase, done, count);
    } finally {
      // Also where it throws: then nobody listens any more.
      if (!on) {
        cancelled = true;
      }
    }
    return on;
  }

  /** Throws CANCELLED where the listener has given up. */
  void check() {
    if (cancelled) {
      throw new AvocetException(Status.CANCELLED, "opening " + file + " was given up");
    }
  }
}
