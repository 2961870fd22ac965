package dev.avocet.core;

import java.util.List;

/**
 * Four corners in order around a quadrilateral, in pixels of the upright source picture.
 *
 * @param a first corner
 * @param b second corner
 * @param c third corner
 * @param d fourth corner
 */
public record Quad(Point a, Point b, Point c, Point d) {
  /** The corners in order. */
  public List<Point> corners() {
    return List.of(a, b, c, d);
  }

  /** The same in another place. */
  public Quad movedBy(float dx, float dy) {
    return new Quad(a.movedBy(dx, dy), b.movedBy(dx, dy), c.movedBy(dx, dy), d.movedBy(dx, dy));
  }
}
