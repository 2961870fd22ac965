package dev.avocet.postprocess.mmdet;

/** The logistic function as the reference computes it. */
final class Sigmoid {
  private Sigmoid() {}

  /** {@code 1 / (1 + exp(-x))}. */
  static float of(float x) {
    return (float) (1 / (1 + (double) (float) Math.exp(-x)));
  }

  /** The {@code x} whose sigmoid is {@code y}, clamped to 0..1: infinite at the ends. */
  static float inverse(float y) {
    return -(float) Math.log(1.0 / Math.min(Math.max(y, 0f), 1f) - 1.0);
  }
}
