package dev.avocet.core.internal;

import dev.avocet.core.preprocess.Interpolation;

/**
 * For each position of a row or column that shrinks by area, the interval of pixels that it covers,
 * as OpenCV's {@code resize} has it.
 *
 * @param from pixels before
 * @param to pixels after, at most as many
 */
public record AreaCover(int from, int to) {
  /** Whether OpenCV takes the mean of what is covered, for it takes bilinear by one half so too. */
  public static boolean counts(
      Interpolation interpolation, int fromWidth, int fromHeight, int width, int height) {
    boolean shrinks = fromWidth >= width && fromHeight >= height;
    boolean halves = fromWidth == 2 * width && fromHeight == 2 * height;
    return (interpolation == Interpolation.AREA && shrinks)
        || (interpolation == Interpolation.BILINEAR && halves);
  }

  private double start(int i) {
    return i * ((double) from / to);
  }

  private double end(int i) {
    return Math.min(from, (i + 1) * ((double) from / to));
  }

  /** The first pixel that position {@code i} covers. */
  public int first(int i) {
    return (int) Math.floor(start(i) + 1e-3);
  }

  /** The last pixel that position {@code i} covers. */
  public int last(int i) {
    return Math.min(from - 1, (int) Math.ceil(end(i) - 1e-3) - 1);
  }

  /** How much of a pixel position {@code i} covers, 0 to 1. */
  public double overlap(int i, int pixel) {
    return Math.min(end(i), pixel + 1) - Math.max(start(i), pixel);
  }

  /** Whether every position covers equally many whole pixels. */
  public boolean isWhole() {
    return from % to == 0;
  }
}
