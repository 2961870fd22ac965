package dev.avocet.postprocess;

/**
 * Where the samples of a bilinear resize lie along one axis, as OpenCV's {@code resize} has it
 * ({@code INTER_LINEAR}, float): sample {@code i} is at {@code (i + 0.5) * scale - 0.5}, computed
 * in double and rounded to float, then clamped to the first and last value. Immutable.
 */
public final class LinearAxis {
  private final int length;
  private final int[] first;
  private final float[] weight;

  /**
   * Samples of {@code length} values.
   *
   * @param length number of values, 1 or more
   * @param samples how many samples
   * @param scale values a sample
   * @param offset values before the one where the samples begin
   */
  public LinearAxis(int length, int samples, double scale, double offset) {
    this.length = length;
    first = new int[samples];
    weight = new float[samples];
    for (int i = 0; i < samples; i++) {
      float at = (float) ((i + 0.5) * scale - 0.5 + offset);
      int floor = (int) Math.floor(at);
      if (floor >= 0 && floor < length - 1) {
        first[i] = floor;
        weight[i] = at - floor;
      } else {
        first[i] = floor < 0 ? 0 : length - 1;
      }
    }
  }

  /** Samples that cover the values, as many as wanted. */
  public static LinearAxis covering(int length, int samples) {
    return new LinearAxis(length, samples, 1 / ((double) samples / length), 0);
  }

  /** Number of values. */
  public int length() {
    return length;
  }

  /** Number of samples. */
  public int samples() {
    return first.length;
  }

  /** The value before sample {@code i}. */
  public int first(int i) {
    return first[i];
  }

  /** The value behind sample {@code i}; the same one at the end. */
  public int second(int i) {
    return Math.min(first[i] + 1, length - 1);
  }

  /** The part of sample {@code i} that comes from {@link #second}. */
  public float weight(int i) {
    return weight[i];
  }
}
