package dev.avocet.cli;

import java.util.Arrays;

/** Durations in nanoseconds, in the order they were taken. Recording allocates rarely. */
final class Samples {
  private long[] values = new long[1 << 16];
  private int size;

  void add(long nanos) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = nanos;
  }

  int size() {
    return size;
  }

  /** The value that a share {@code q} of those from index {@code from} on does not exceed. */
  double millis(int from, double q) {
    long[] sorted = Arrays.copyOfRange(values, from, size);
    Arrays.sort(sorted);
    return sorted[rank(sorted.length, q)] / 1e6;
  }

  /** Likewise for any numbers. */
  static double quantile(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[rank(sorted.length, q)];
  }

  private static int rank(int count, double q) {
    return (int) Math.round(q * (count - 1));
  }
}
