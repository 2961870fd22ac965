package dev.avocet.net.tensorrt;

import java.util.Comparator;

/**
 * A release of TensorRT.
 *
 * @param major releases of one major serve programs of one another
 */
record TrtVersion(int major, int minor, int patch) implements Comparable<TrtVersion> {
  private static final Comparator<TrtVersion> ORDER =
      Comparator.comparingInt(TrtVersion::major)
          .thenComparingInt(TrtVersion::minor)
          .thenComparingInt(TrtVersion::patch);

  /** What {@code getInferLibVersion} answers: 101501 for 10.15.1, and 8601 for 8.6.1. */
  static TrtVersion of(int number) {
    // Before 10 the major counted thousands.
    int major = number >= 100_000 ? number / 10_000 : number / 1000;
    int rest = number >= 100_000 ? number % 10_000 : number % 1000;
    return new TrtVersion(major, rest / 100, rest % 100);
  }

  /** The reverse of {@link #of}. */
  int number() {
    return major * (major >= 10 ? 10_000 : 1000) + minor * 100 + patch;
  }

  @Override
  public int compareTo(TrtVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
