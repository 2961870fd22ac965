package dev.avocet.core;

/**
 * A rectangle in pixels of the upright source picture; edges may lie between pixels or outside of
 * it.
 *
 * @param x left edge
 * @param y upper edge
 * @param width pixels across, zero or more
 * @param height pixels down, zero or more
 */
public record RectF(float x, float y, float width, float height) {
  /** Checks the numbers. */
  public RectF {
    if (!Float.isFinite(x + y) || !(width >= 0 && height >= 0) || !Float.isFinite(width + height)) {
      throw AvocetException.invalidArgument(
          "box x=%s y=%s width=%s height=%s: expected finite numbers, sizes zero or more"
              .formatted(x, y, width, height));
    }
  }
}
