package dev.avocet.pipeline.internal;

import dev.avocet.core.board.BoardReading;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.LongAdder;

/** Calls that a handle has answered, and how many for a joule of the board's. Thread safe. */
public final class Efficiency {
  private final LongAdder calls = new LongAdder();
  private BoardReading lastReading;
  private long lastCalls;
  private OptionalDouble last = OptionalDouble.empty();

  /** No calls yet. */
  public Efficiency() {}

  /** Counts calls that are answered. */
  public void answered(int count) {
    calls.add(count);
  }

  /**
   * Calls per joule since this was asked before.
   *
   * @param reading of the board, now
   */
  public synchronized OptionalDouble since(BoardReading reading) {
    if (lastReading == null || reading.nanos() - lastReading.nanos() > 0) {
      long now = calls.sum();
      double joules = lastReading == null ? 0 : reading.joulesSince(lastReading).orElse(0);
      last = joules > 0 ? OptionalDouble.of((now - lastCalls) / joules) : OptionalDouble.empty();
      lastReading = reading;
      lastCalls = now;
    }
    return last;
  }
}
