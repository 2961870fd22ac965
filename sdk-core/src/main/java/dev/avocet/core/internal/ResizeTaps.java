package dev.avocet.core.internal;

import dev.avocet.core.preprocess.Interpolation;

/**
 * Where each position of a resized row or column reads, and with which weights, as OpenCV's {@code
 * resize} of 8-bit pixels has it ({@code modules/imgproc/src/resize.cpp}, 4.x): all but shrinking
 * by area is a weighted sum of a few pixels across and likewise down.
 */
public final class ResizeTaps {
  /** Bits of a weight. */
  public static final int BITS = 11;

  private static final int ONE = 1 << BITS;

  private ResizeTaps() {}

  /** How many pixels a position reads. */
  public static int count(Interpolation interpolation) {
    return switch (interpolation) {
      case NEAREST -> 1;
      case BILINEAR, AREA -> 2;
      case BICUBIC -> 4;
      case LANCZOS -> 8;
    };
  }

  /**
   * Writes for each position its pixels, each as where it is and its weight, of 1 &lt;&lt; {@link
   * #BITS}.
   *
   * @param from pixels before
   * @param to pixels after
   * @param first position to write
   * @param positions how many to write
   * @param into receives 2 {@link #count} numbers a position
   */
  public static void fill(
      Interpolation interpolation, int from, int to, int first, int positions, int[] into) {
    int count = count(interpolation);
    double inverse = (double) to / from;
    double scale = 1 / inverse;
    int next = 0;
    for (int i = first; i < first + positions; i++) {
      float centre = (float) ((i + 0.5) * scale - 0.5);
      int left = (int) Math.floor(centre);
      float fraction = centre - left;
      if (interpolation == Interpolation.NEAREST) {
        left = (int) Math.floor(i * scale);
      } else if (interpolation == Interpolation.AREA) {
        left = (int) Math.floor(i * scale);
        fraction = (float) ((i + 1) - (left + 1) * inverse);
        fraction = fraction <= 0 ? 0 : fraction - (int) Math.floor(fraction);
      }
      float[] weights = weights(interpolation, fraction);
      for (int k = 0; k < count; k++) {
        into[next++] = Math.max(0, Math.min(from - 1, left + k - (count - 1) / 2));
        into[next++] = (int) Math.rint(weights[k] * ONE);
      }
    }
  }

  private static float[] weights(Interpolation interpolation, float x) {
    return switch (interpolation) {
      case NEAREST -> new float[] {1};
      case BILINEAR, AREA -> new float[] {1 - x, x};
      case BICUBIC -> cubic(x);
      case LANCZOS -> lanczos(x);
    };
  }

  private static float[] cubic(float x) {
    float a = -0.75f;
    float before = ((a * (x + 1) - 5 * a) * (x + 1) + 8 * a) * (x + 1) - 4 * a;
    float left = ((a + 2) * x - (a + 3)) * x * x + 1;
    float right = ((a + 2) * (1 - x) - (a + 3)) * (1 - x) * (1 - x) + 1;
    return new float[] {before, left, right, 1 - before - left - right};
  }

  private static float[] lanczos(float x) {
    double[] raw = new double[8];
    double sum = 0;
    for (int k = 0; k < 8; k++) {
      double distance = (x + 3 - k) * Math.PI;
      boolean centre = Math.abs(distance) < 1e-6;
      raw[k] = centre ? 0.25 : Math.sin(distance) * Math.sin(distance / 4) / (distance * distance);
      sum += raw[k];
    }
    float[] weights = new float[8];
    for (int k = 0; k < 8; k++) {
      weights[k] = (float) (raw[k] / sum);
    }
    return weights;
  }
}
