package dev.avocet.postprocess.text;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Simplifies closed polygons with the algorithm of Ramer, Douglas and Peucker, with the choices of
 * OpenCV 4.5's {@code approxPolyDP}, on which the reference's integers depend: it starts from two
 * corners far apart, a corner's distance is that from the line through the ends of its stretch, and
 * last it drops corners on almost straight lines. Later releases of OpenCV take the distance from
 * the stretch instead, so they are not asked.
 */
final class DouglasPeucker {
  private final int[] corners;
  private final int n;
  private final double tolerance2;
  private final int[] kept;
  private int size;

  private DouglasPeucker(int[] corners, double tolerance) {
    this.corners = corners;
    this.n = corners.length / 2;
    this.tolerance2 = tolerance * tolerance;
    this.kept = new int[corners.length];
  }

  /**
   * A polygon of some of the corners, in their order.
   *
   * @param corners x and y in turn, at least one corner
   * @param tolerance how far a dropped corner may lie from the line that replaces it
   */
  static int[] simplify(int[] corners, double tolerance) {
    DouglasPeucker polygon = new DouglasPeucker(corners, tolerance);
    polygon.split();
    polygon.straighten();
    return Arrays.copyOf(polygon.kept, polygon.size);
  }

  private int x(int corner) {
    return corners[2 * corner];
  }

  private int y(int corner) {
    return corners[2 * corner + 1];
  }

  private void keep(int corner) {
    kept[size++] = x(corner);
    kept[size++] = y(corner);
  }

  private double distance2(int a, int b) {
    double dx = x(b) - x(a);
    double dy = y(b) - y(a);
    return dx * dx + dy * dy;
  }

  private void split() {
    int start = 0;
    int far = 0;
    for (int i = 0; i < 3; i++) {
      start = far;
      far = farthest(start);
    }
    if (distance2(start, far) <= tolerance2) {
      keep(start);
      return;
    }
    Deque<int[]> stretches = new ArrayDeque<>();
    stretches.push(new int[] {far, start});
    stretches.push(new int[] {start, far});
    while (!stretches.isEmpty()) {
      int[] stretch = stretches.pop();
      int corner = bulge(stretch[0], stretch[1]);
      if (corner < 0) {
        keep(stretch[0]);
      } else {
        stretches.push(new int[] {corner, stretch[1]});
        stretches.push(new int[] {stretch[0], corner});
      }
    }
  }

  private int farthest(int from) {
    int best = from;
    for (int i = 1; i < n; i++) {
      int corner = (from + i) % n;
      if (distance2(from, corner) > distance2(from, best)) {
        best = corner;
      }
    }
    return best;
  }

  /** The corner farthest from the line through a stretch's ends, -1 where all are near. */
  private int bulge(int from, int to) {
    double dx = x(to) - x(from);
    double dy = y(to) - y(from);
    double most = 0;
    int best = -1;
    for (int i = (from + 1) % n; i != to; i = (i + 1) % n) {
      double cross = Math.abs((y(i) - y(from)) * dx - (x(i) - x(from)) * dy);
      if (cross > most) {
        most = cross;
        best = i;
      }
    }
    return most * most <= tolerance2 * (dx * dx + dy * dy) ? -1 : best;
  }

  /**
   * Drops every corner that hardly bends the line from the one before to the one behind, in place:
   * behind the last comes the first as it is by then.
   */
  private void straighten() {
    int count = size / 2;
    int left = count;
    int before = count - 1;
    int corner = 0;
    int to = 0;
    for (int i = 0; i < count && left > 2; i++) {
      int next = (corner + 1) % count;
      if (isStraight(before, corner, next)) {
        left--;
        // The one behind stays, and is not looked at itself.
        before = next;
        corner = (next + 1) % count;
        i++;
      } else {
        before = corner;
        corner = next;
      }
      kept[2 * to] = kept[2 * before];
      kept[2 * to + 1] = kept[2 * before + 1];
      to = (to + 1) % count;
    }
    size = 2 * left;
  }

  private boolean isStraight(int before, int corner, int next) {
    double dx = kept[2 * next] - kept[2 * before];
    double dy = kept[2 * next + 1] - kept[2 * before + 1];
    double inX = kept[2 * corner] - kept[2 * before];
    double inY = kept[2 * corner + 1] - kept[2 * before + 1];
    double outX = kept[2 * next] - kept[2 * corner];
    double outY = kept[2 * next + 1] - kept[2 * corner + 1];
    double cross = inX * dy - inY * dx;
    return cross * cross <= 0.5 * tolerance2 * (dx * dx + dy * dy)
        && dx != 0
        && dy != 0
        && inX * outX + inY * outY >= 0;
  }
}
