package dev.avocet.preprocess.transform;

import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.Sample;

/** Arithmetic of sizes that several transforms share. */
final class Scaling {
  private Scaling() {}

  /** Samples the picture at a new size, at least one pixel each way, and multiplies the scale. */
  static void resize(Sample sample, int width, int height, Interpolation interpolation) {
    int toWidth = Math.max(1, width);
    int toHeight = Math.max(1, height);
    float scaleX = (float) ((double) toWidth / sample.canvas().width());
    float scaleY = (float) ((double) toHeight / sample.canvas().height());
    sample.canvas().resize(toWidth, toHeight, interpolation);
    sample.scale(sample.scaleX() * scaleX, sample.scaleY() * scaleY);
    sample.imageSize(toWidth, toHeight);
  }

  /** The next multiple of {@code divisor}; far too large sizes end at the largest number. */
  static int roundUp(int value, int divisor) {
    return clamped(((long) value + divisor - 1) / divisor * divisor);
  }

  /** The nearest multiple of {@code divisor}, in float32 as the reference; at least one. */
  static int nearestMultiple(int value, int divisor) {
    return clamped(Math.max(1L, Math.round((double) (1f * value / divisor))) * divisor);
  }

  /** The whole part of {@code value * factor / divisor}. */
  static int times(int value, int factor, int divisor) {
    return clamped((long) value * factor / divisor);
  }

  /** The nearest whole number, halves away from zero. */
  static long round(double value) {
    return (long) (value < 0 ? Math.ceil(value - 0.5) : Math.floor(value + 0.5));
  }

  private static int clamped(long value) {
    return (int) Math.min(Integer.MAX_VALUE, value);
  }
}
