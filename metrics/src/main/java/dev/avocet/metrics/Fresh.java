package dev.avocet.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A value that all who ask within a quarter of a second share, so that the meters of one scrape
 * show one reading; for meters of one's own, too. Thread safe.
 *
 * @param <T> the value
 */
public final class Fresh<T> implements Supplier<T> {
  /** How long a value is shared. */
  static final long NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Supplier<T> source;
  private T last;
  private long read;

  /**
   * A value that was not asked for yet.
   *
   * @param source makes it; must not answer null
   */
  public Fresh(Supplier<T> source) {
    this.source = source;
  }

  @Override
  public synchronized T get() {
    long now = System.nanoTime();
    if (last == null || now - read >= NANOS) {
      last = source.get();
      read = now;
    }
    return last;
  }
}
