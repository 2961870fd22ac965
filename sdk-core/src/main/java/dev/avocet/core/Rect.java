package dev.avocet.core;

/**
 * A rectangle of whole pixels.
 *
 * @param x left edge, in pixels from the picture's left
 * @param y upper edge, in pixels from the picture's top
 * @param width pixels across, at least 1
 * @param height pixels down, at least 1
 */
public record Rect(int x, int y, int width, int height) {
  /** Checks that the rectangle has an area. */
  public Rect {
    if (width < 1 || height < 1) {
      throw AvocetException.invalidArgument(
          "rectangle x=%d y=%d width=%d height=%d has no area".formatted(x, y, width, height));
    }
  }
}
