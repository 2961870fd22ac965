package dev.avocet.postprocess.mmdet;

import dev.avocet.core.Mask;
import dev.avocet.core.Rect;
import dev.avocet.postprocess.Outputs;
import java.nio.FloatBuffer;

/**
 * Pastes the small mask of a box into the picture, as MMDeploy's {@code ResizeInstanceMask} does
 * with OpenCV's {@code warpAffine}: bilinear, its cells' centres spread evenly over the box,
 * nothing beyond its edge, and positions rounded down to 1/32 of a cell. Confined to one thread.
 */
final class PastedMask {
  /** Fractions of a cell that {@code warpAffine} tells apart, and finer ones it computes with. */
  private static final int FRACTIONS = 32;

  private static final int FINE = 1024;

  private final FloatBuffer values;
  private final int at;
  private final int width;
  private final int height;

  /** The mask that begins at {@code at}, row by row. */
  PastedMask(FloatBuffer values, int at, int width, int height) {
    this.values = values;
    this.at = at;
    this.width = width;
    this.height = height;
  }

  /**
   * The pixels of {@code window} whose value is more than {@code threshold}.
   *
   * @param window pixels of the source
   * @param x1 left edge of the box, in source pixels, as the others
   */
  Mask paste(Rect window, float x1, float y1, float x2, float y2, float threshold) {
    double[] across = inverse(width / (x2 - x1), window.x() + .5f - x1);
    double[] down = inverse(height / (y2 - y1), window.y() + .5f - y1);
    byte[] pixels = new byte[window.width() * window.height()];
    // The two axes are rounded at different places, as they are there.
    int startX = round(across[1] * FINE) + FINE / FRACTIONS / 2;
    for (int y = 0; y < window.height(); y++) {
      int fineY = round((down[0] * y + down[1]) * FINE) + FINE / FRACTIONS / 2;
      int partY = fineY >> 5;
      for (int x = 0; x < window.width(); x++) {
        int partX = (startX + round(across[0] * x * FINE)) >> 5;
        if (sample(partX, partY) > threshold) {
          pixels[y * window.width() + x] = (byte) 255;
        }
      }
    }
    return new Mask(window, pixels);
  }

  /**
   * Scale and offset from pixels to cells, by way of the inverse in float that the reference makes.
   */
  private static double[] inverse(float scale, float distance) {
    float offset = distance * scale - .5f;
    double forward = (float) (1.0 / scale);
    double forwardOffset = (float) (-(1.0 / scale) * offset);
    double back = 1 / forward;
    return new double[] {back, -back * forwardOffset};
  }

  private static int round(double v) {
    return (int) Math.rint(v);
  }

  private float sample(int partX, int partY) {
    int column = partX >> 5;
    int row = partY >> 5;
    float fx = (partX & FRACTIONS - 1) / (float) FRACTIONS;
    float fy = (partY & FRACTIONS - 1) / (float) FRACTIONS;
    float value =
        value(column, row) * ((1 - fy) * (1 - fx))
            + value(column + 1, row) * ((1 - fy) * fx)
            + value(column, row + 1) * (fy * (1 - fx))
            + value(column + 1, row + 1) * (fy * fx);
    if (Float.isNaN(value)) {
      throw Outputs.nan("a mask around cell " + column + "," + row);
    }
    return value;
  }

  private float value(int column, int row) {
    boolean inside = column >= 0 && row >= 0 && column < width && row < height;
    return inside ? values.get(at + row * width + column) : 0;
  }
}
