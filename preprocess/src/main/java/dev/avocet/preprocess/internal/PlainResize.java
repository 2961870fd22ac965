package dev.avocet.preprocess.internal;

import dev.avocet.core.preprocess.Interpolation;

/**
 * OpenCV's {@code resize} of interleaved 8-bit pixels, in plain Java, after {@code
 * modules/imgproc/src/resize.cpp} (4.x). Nearest and bilinear give the same bytes; the others are
 * within 1, since OpenCV's vector code rounds in float there.
 *
 * <p>All but area shrinking are separable with 11-bit weights: each target column is a weighted sum
 * of a few source columns, and likewise for rows.
 */
final class PlainResize {
  private static final int BITS = 11;
  private static final int ONE = 1 << BITS;

  private PlainResize() {}

  static byte[] resize(
      byte[] from,
      int fromWidth,
      int fromHeight,
      int channels,
      int width,
      int height,
      Interpolation interpolation) {
    if (fromWidth == width && fromHeight == height) {
      return from;
    }
    boolean shrinks = fromWidth >= width && fromHeight >= height;
    boolean halves = fromWidth == 2 * width && fromHeight == 2 * height;
    if ((interpolation == Interpolation.AREA && shrinks)
        || (interpolation == Interpolation.BILINEAR && halves)) {
      // OpenCV takes bilinear by exactly one half as the mean of four pixels.
      return area(
          from, fromWidth, channels, new Cover(fromWidth, width), new Cover(fromHeight, height));
    }
    Taps across = Taps.of(interpolation, fromWidth, width);
    Taps down = Taps.of(interpolation, fromHeight, height);
    int[] rows = horizontally(from, fromWidth, fromHeight, channels, across);
    return vertically(rows, width * channels, down);
  }

  /** Where each target position reads, and with which weights (of {@link #ONE}). */
  private static final class Taps {
    final int count;
    final int[] at;
    final int[] weight;

    Taps(int count, int[] at, int[] weight) {
      this.count = count;
      this.at = at;
      this.weight = weight;
    }

    static Taps of(Interpolation interpolation, int from, int to) {
      int count =
          switch (interpolation) {
            case NEAREST -> 1;
            case BILINEAR, AREA -> 2;
            case BICUBIC -> 4;
            case LANCZOS -> 8;
          };
      int[] at = new int[to * count];
      int[] weight = new int[to * count];
      double inverse = (double) to / from;
      double scale = 1 / inverse;
      for (int i = 0; i < to; i++) {
        float centre = (float) ((i + 0.5) * scale - 0.5);
        int first = (int) Math.floor(centre);
        float fraction = centre - first;
        if (interpolation == Interpolation.NEAREST) {
          first = (int) Math.floor(i * scale);
        } else if (interpolation == Interpolation.AREA) {
          first = (int) Math.floor(i * scale);
          fraction = (float) ((i + 1) - (first + 1) * inverse);
          fraction = fraction <= 0 ? 0 : fraction - (int) Math.floor(fraction);
        }
        float[] weights = weights(interpolation, fraction);
        for (int k = 0; k < count; k++) {
          int position = first + k - (count - 1) / 2;
          at[i * count + k] = Math.max(0, Math.min(from - 1, position));
          weight[i * count + k] = (int) Math.rint(weights[k] * ONE);
        }
      }
      return new Taps(count, at, weight);
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

  private static int[] horizontally(byte[] from, int fromWidth, int rows, int channels, Taps taps) {
    int width = taps.at.length / taps.count;
    int[] to = new int[rows * width * channels];
    int out = 0;
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          int sum = 0;
          for (int k = x * taps.count; k < (x + 1) * taps.count; k++) {
            sum += taps.weight[k] * (from[(y * fromWidth + taps.at[k]) * channels + c] & 0xff);
          }
          to[out++] = sum;
        }
      }
    }
    return to;
  }

  private static byte[] vertically(int[] rows, int rowLength, Taps taps) {
    int height = taps.at.length / taps.count;
    byte[] to = new byte[height * rowLength];
    for (int y = 0; y < height; y++) {
      int first = y * taps.count;
      for (int x = 0; x < rowLength; x++) {
        int value;
        if (taps.count == 2) {
          value =
              linear(
                  taps.weight[first],
                  rows[taps.at[first] * rowLength + x],
                  taps.weight[first + 1],
                  rows[taps.at[first + 1] * rowLength + x]);
        } else {
          int sum = 1 << (2 * BITS - 1);
          for (int k = first; k < first + taps.count; k++) {
            sum += taps.weight[k] * rows[taps.at[k] * rowLength + x];
          }
          value = sum >> (2 * BITS);
        }
        to[y * rowLength + x] = (byte) Math.max(0, Math.min(255, value));
      }
    }
    return to;
  }

  /** OpenCV's rounding of two rows, made for 16-bit vector multiplication. */
  private static int linear(int weight0, int row0, int weight1, int row1) {
    return (((weight0 * (row0 >> 4)) >> 16) + ((weight1 * (row1 >> 4)) >> 16) + 2) >> 2;
  }

  /** For each target position the source interval that it covers. */
  private record Cover(int from, int to) {
    double start(int i) {
      return i * ((double) from / to);
    }

    double end(int i) {
      return Math.min(from, (i + 1) * ((double) from / to));
    }

    int first(int i) {
      return (int) Math.floor(start(i) + 1e-3);
    }

    int last(int i) {
      return Math.min(from - 1, (int) Math.ceil(end(i) - 1e-3) - 1);
    }

    double overlap(int i, int position) {
      return Math.min(end(i), position + 1) - Math.max(start(i), position);
    }
  }

  /** The mean of the source pixels that a target pixel covers, by area. */
  private static byte[] area(byte[] from, int fromWidth, int channels, Cover across, Cover down) {
    byte[] to = new byte[across.to * down.to * channels];
    int out = 0;
    for (int y = 0; y < down.to; y++) {
      for (int x = 0; x < across.to; x++) {
        for (int c = 0; c < channels; c++) {
          double sum = 0;
          double weights = 0;
          for (int v = down.first(y); v <= down.last(y); v++) {
            for (int u = across.first(x); u <= across.last(x); u++) {
              double weight = down.overlap(y, v) * across.overlap(x, u);
              sum += weight * (from[(v * fromWidth + u) * channels + c] & 0xff);
              weights += weight;
            }
          }
          to[out++] = (byte) (int) Math.floor(sum / weights + 0.5);
        }
      }
    }
    return to;
  }
}
