package dev.avocet;

/**
 * An axis-aligned box in pixels of the upright source picture; edges may lie between pixels.
 *
 * @param x1 left edge
 * @param y1 upper edge
 * @param x2 right edge
 * @param y2 lower edge
 */
public record Box(float x1, float y1, float x2, float y2) {
  /** Pixels across. */
  public float width() {
    return x2 - x1;
  }

  /** Pixels down. */
  public float height() {
    return y2 - y1;
  }
}
