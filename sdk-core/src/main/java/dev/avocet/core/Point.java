package dev.avocet.core;

/**
 * A point in pixels of the upright source picture; it may lie between pixels or outside.
 *
 * @param x from the left
 * @param y from the top
 */
public record Point(float x, float y) {
  /** The same in another place. */
  public Point movedBy(float dx, float dy) {
    return new Point(x + dx, y + dy);
  }
}
