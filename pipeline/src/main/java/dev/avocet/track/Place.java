package dev.avocet.track;

import dev.avocet.core.Point;
import dev.avocet.track.Scene.Anchor;
import java.util.List;

/** A point of a picture in double precision, and what lies around it. */
record Place(double x, double y) {
  static Place of(Point point) {
    return new Place(point.x(), point.y());
  }

  static Place of(Extent box, Anchor anchor) {
    double y =
        switch (anchor) {
          case CENTRE -> (box.y1() + box.y2()) / 2;
          case BOTTOM -> box.y2();
        };
    return new Place((box.x1() + box.x2()) / 2, y);
  }

  /** The same where units are that much smaller. */
  Place scaled(double byX, double byY) {
    return new Place(x * byX, y * byY);
  }

  /**
   * Which way the straight path from here to another point crosses the line between two points: 1
   * from its left to its right, -1 from its right to its left, 0 if not at all. A point on the line
   * is to the right of it, so that a path that is cut into pieces crosses as often as the whole.
   */
  int crossing(Place next, Place from, Place to) {
    boolean right = next.isRightOf(from, to);
    if (isRightOf(from, to) == right) {
      return 0;
    }
    double a = cross(this, next, from);
    double b = cross(this, next, to);
    boolean between = (a <= 0 && b >= 0) || (a >= 0 && b <= 0);
    return !between ? 0 : right ? 1 : -1;
  }

  private boolean isRightOf(Place from, Place to) {
    return cross(from, to, this) >= 0;
  }

  /** Positive where {@code p} lies to the right of the way from {@code a} to {@code b}. */
  private static double cross(Place a, Place b, Place p) {
    return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
  }

  /** Distance to the line between two points. */
  double distance(Place from, Place to) {
    double dx = to.x - from.x;
    double dy = to.y - from.y;
    double square = dx * dx + dy * dy;
    double along = square == 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / square;
    double t = Math.max(0, Math.min(1, along));
    return Math.hypot(x - from.x - t * dx, y - from.y - t * dy);
  }

  /** Distance to the nearest edge of a polygon. */
  double distance(List<Place> corners) {
    double least = Double.POSITIVE_INFINITY;
    Place last = corners.get(corners.size() - 1);
    for (Place corner : corners) {
      least = Math.min(least, distance(last, corner));
      last = corner;
    }
    return least;
  }

  /** Whether it is inside of a polygon: a ray from it crosses the edges an odd number of times. */
  boolean isInside(List<Place> corners) {
    boolean inside = false;
    Place last = corners.get(corners.size() - 1);
    for (Place corner : corners) {
      if ((corner.y > y) != (last.y > y)
          && x < (last.x - corner.x) * (y - corner.y) / (last.y - corner.y) + corner.x) {
        inside = !inside;
      }
      last = corner;
    }
    return inside;
  }
}
