package dev.avocet.postprocess.mmpose;

/**
 * Blurs one plane of floats as {@code cv::GaussianBlur} does with sigma 0: the standard deviation
 * follows from the kernel's size, {@code 0.3 * ((size - 1) / 2 - 1) + 0.8}; up to 9 the kernel is
 * OpenCV's table. Rows first, then columns, in float32: within 1e-6 of OpenCV's values. Keeps its
 * scratch memory; confined to one thread.
 */
final class GaussianBlur {
  /** What lies outside of the plane. */
  enum Border {
    ZERO,
    /** Mirrored at the outermost pixel: OpenCV's {@code BORDER_REFLECT_101}. */
    REFLECT
  }

  private static final float[][] SMALL = {
    {1},
    {.25f, .5f, .25f},
    {.0625f, .25f, .375f, .25f, .0625f},
    {.03125f, .109375f, .21875f, .28125f, .21875f, .109375f, .03125f},
    {
      4 / 256f, 13 / 256f, 30 / 256f, 51 / 256f, 60 / 256f, 51 / 256f, 30 / 256f, 13 / 256f,
      4 / 256f
    }
  };

  private final float[] kernel;
  private float[] rows = new float[0];

  /** A blur with a kernel of this size, odd and 1 or more. */
  GaussianBlur(int size) {
    kernel = size / 2 < SMALL.length ? SMALL[size / 2] : kernel(size);
  }

  private static float[] kernel(int size) {
    double sigma = 0.3 * ((size - 1) * 0.5 - 1) + 0.8;
    double[] exact = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double d = i - (size - 1) * 0.5;
      exact[i] = Math.exp(-d * d / (2 * sigma * sigma));
      sum += exact[i];
    }
    float[] kernel = new float[size];
    for (int i = 0; i < size; i++) {
      kernel[i] = (float) (exact[i] / sum);
    }
    return kernel;
  }

  /** Blurs the {@code width * height} values from {@code at} on, in place. */
  void run(float[] values, int at, int width, int height, Border border) {
    if (rows.length < width * height) {
      rows = new float[width * height];
    }
    pass(values, at, 1, width, width, height, border, rows, 0);
    pass(rows, 0, width, 1, height, width, border, values, at);
  }

  /**
   * One direction.
   *
   * @param step from a value to the next along the direction
   * @param lineStep from a line to the next
   * @param length values along the direction
   * @param lines how many lines there are
   */
  private void pass(
      float[] from,
      int fromAt,
      int step,
      int lineStep,
      int length,
      int lines,
      Border border,
      float[] to,
      int toAt) {
    int radius = kernel.length / 2;
    for (int line = 0; line < lines; line++) {
      int first = line * lineStep;
      for (int i = 0; i < length; i++) {
        float sum = 0;
        for (int k = 0; k < kernel.length; k++) {
          int p = i + k - radius;
          if (p < 0 || p >= length) {
            if (border == Border.ZERO) {
              continue;
            }
            p = reflect(p, length);
          }
          sum += kernel[k] * from[fromAt + first + p * step];
        }
        to[toAt + first + i * step] = sum;
      }
    }
  }

  private static int reflect(int p, int length) {
    if (length == 1) {
      return 0;
    }
    int period = 2 * (length - 1);
    int q = Math.floorMod(p, period);
    return q < length ? q : period - q;
  }
}
