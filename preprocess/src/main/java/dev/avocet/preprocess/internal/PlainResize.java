package dev.avocet.preprocess.internal;

import dev.avocet.core.internal.AreaCover;
import dev.avocet.core.internal.ResizeTaps;
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
  private static final int BITS = ResizeTaps.BITS;

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
    if (AreaCover.counts(interpolation, fromWidth, fromHeight, width, height)) {
      return area(
          from,
          fromWidth,
          channels,
          new AreaCover(fromWidth, width),
          new AreaCover(fromHeight, height));
    }
    Taps across = Taps.of(interpolation, fromWidth, width);
    Taps down = Taps.of(interpolation, fromHeight, height);
    int[] rows = horizontally(from, fromWidth, fromHeight, channels, across);
    return vertically(rows, width * channels, down);
  }

  /** Where each target position reads, and with which weights. */
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
      int count = ResizeTaps.count(interpolation);
      int[] pairs = new int[2 * count * to];
      ResizeTaps.fill(interpolation, from, to, 0, to, pairs);
      int[] at = new int[to * count];
      int[] weight = new int[to * count];
      for (int i = 0; i < at.length; i++) {
        at[i] = pairs[2 * i];
        weight[i] = pairs[2 * i + 1];
      }
      return new Taps(count, at, weight);
    }
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

  /** The mean of the source pixels that a target pixel covers, by area. */
  private static byte[] area(
      byte[] from, int fromWidth, int channels, AreaCover across, AreaCover down) {
    byte[] to = new byte[across.to() * down.to() * channels];
    int out = 0;
    for (int y = 0; y < down.to(); y++) {
      for (int x = 0; x < across.to(); x++) {
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
