package dev.avocet.postprocess.mmpose;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Tensor;
import dev.avocet.postprocess.Outputs;
import dev.avocet.postprocess.mmpose.GaussianBlur.Border;

/**
 * A working copy of the heat maps of one picture. Keeps its memory from picture to picture;
 * confined to one thread.
 */
final class Heatmaps {
  private float[] values = new float[0];
  private int count;
  private int width;
  private int height;

  /**
   * Copies entry {@code index} of a batch.
   *
   * @throws AvocetException FAIL where it is not FLOAT32[B,K,H,W] or holds NaN
   */
  void load(String name, Tensor output, int index) {
    if (output.type() != DataType.FLOAT32
        || output.shape().rank() != 4
        || output.shape().elements() == 0) {
      throw Outputs.unexpected(name, "FLOAT32[B,K,H,W]", output);
    }
    Outputs.checkIndex(name, output, index);
    count = (int) output.shape().dim(1);
    height = (int) output.shape().dim(2);
    width = (int) output.shape().dim(3);
    int n = count * height * width;
    if (values.length < n) {
      values = new float[n];
    }
    output.floats().get(index * n, values, 0, n);
    for (int i = 0; i < n; i++) {
      if (Float.isNaN(values[i])) {
        throw Outputs.nan("heat map " + i / (height * width));
      }
    }
  }

  int count() {
    return count;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The value at a cell. */
  float at(int map, int y, int x) {
    return values[(map * height + y) * width + x];
  }

  /** The value at the nearest cell there is. */
  float nearest(int map, int y, int x) {
    return at(map, Math.max(0, Math.min(height - 1, y)), Math.max(0, Math.min(width - 1, x)));
  }

  /** Index in a map of its greatest value, the first of equal ones. */
  int peak(int map) {
    int from = map * width * height;
    int best = from;
    for (int i = from + 1; i < from + width * height; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best - from;
  }

  /** Blurs one map, mirrored at its edges. */
  void blur(int map, GaussianBlur blur) {
    blur.run(values, map * width * height, width, height, Border.REFLECT);
  }

  /** Blurs every map, zero around its edges, and scales it so that its greatest value stays. */
  void blurKeepingPeaks(GaussianBlur blur) {
    int n = width * height;
    for (int map = 0; map < count; map++) {
      float before = values[map * n + peak(map)];
      blur.run(values, map * n, width, height, Border.ZERO);
      float after = values[map * n + peak(map)];
      // A map of zeros stays one; the reference divides zero by zero.
      for (int i = map * n; after != 0 && i < (map + 1) * n; i++) {
        values[i] = values[i] * before / after;
      }
    }
  }

  /** Replaces every value by its logarithm, after limiting it. */
  void log(double low, double high) {
    for (int i = 0; i < count * width * height; i++) {
      values[i] = (float) Math.log(Math.max(low, Math.min(high, values[i])));
    }
  }
}
