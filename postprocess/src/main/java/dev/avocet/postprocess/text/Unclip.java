package dev.avocet.postprocess.text;

import java.util.Optional;

/**
 * Grows a region of text, which a network was trained to find shrunk, to its full size, as DB does
 * (arXiv 1911.08947): outwards by area times a ratio over the perimeter. Stateless.
 */
public final class Unclip {
  private Unclip() {}

  /**
   * How far to grow a region: area times {@code ratio} over the perimeter.
   *
   * @param polygon x and y in turn
   * @return 0 or more, or NaN for a polygon that is a point
   */
  public static double distance(int[] polygon, float ratio) {
    return Polygons.area(polygon) * ratio / Polygons.perimeter(polygon);
  }

  /**
   * Grows a polygon, rounding its corners.
   *
   * @param polygon x and y in turn
   * @return points whose convex hull is that of the grown region, x and y in turn, in no order;
   *     empty where {@code distance} is not above 0, and where the polygon has no area or grows to
   *     something else than one region without holes
   */
  public static Optional<int[]> grow(int[] polygon, double distance) {
    int[] curve = distance > 0 ? OffsetCurve.around(polygon, distance) : new int[0];
    return curve.length == 0 ? Optional.empty() : Outline.ofSingle(curve);
  }
}
