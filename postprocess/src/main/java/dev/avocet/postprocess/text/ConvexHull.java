package dev.avocet.postprocess.text;

import java.util.Arrays;

/** The convex hull of points with whole coordinates: Andrew's monotone chain. Stateless. */
final class ConvexHull {
  private ConvexHull() {}

  /**
   * Its corners, x axis towards y axis; none lies on the line between its neighbours. The last is
   * the one with the least y, of several the rightmost: where Clipper ends a path, on which the
   * reference's choice among rectangles of the same area depends.
   *
   * @param points x and y in turn, at least one point
   */
  static int[] of(int[] points) {
    long[] sorted = new long[points.length / 2];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = ((long) points[2 * i] << 32) + points[2 * i + 1];
    }
    Arrays.sort(sorted);
    sorted = Arrays.stream(sorted).distinct().toArray();
    int n = sorted.length;
    long[] hull = new long[2 * n];
    int size = 0;
    for (int i = 0; i < n; i++) {
      size = push(hull, size, 0, sorted[i]);
    }
    int back = size - 1;
    for (int i = n - 2; i >= 0; i--) {
      size = push(hull, size, back, sorted[i]);
    }
    return rotated(hull, n == 1 ? 1 : size - 1);
  }

  /**
   * Puts a corner on the chain that begins at {@code start}, in place of those it makes concave.
   */
  private static int push(long[] hull, int size, int start, long point) {
    int end = size;
    while (end - start >= 2 && cross(hull[end - 2], hull[end - 1], point) <= 0) {
      end--;
    }
    hull[end] = point;
    return end + 1;
  }

  private static int y(long point) {
    return (int) point;
  }

  private static int x(long point) {
    return (int) ((point - y(point)) >> 32);
  }

  private static long cross(long a, long b, long c) {
    return ((long) x(b) - x(a)) * ((long) y(c) - y(a))
        - ((long) y(b) - y(a)) * ((long) x(c) - x(a));
  }

  private static int[] rotated(long[] hull, int size) {
    int top = 0;
    for (int i = 1; i < size; i++) {
      int gap = y(hull[i]) - y(hull[top]);
      if (gap < 0 || (gap == 0 && x(hull[i]) > x(hull[top]))) {
        top = i;
      }
    }
    int[] corners = new int[2 * size];
    for (int i = 0; i < size; i++) {
      long corner = hull[(top + 1 + i) % size];
      corners[2 * i] = x(corner);
      corners[2 * i + 1] = y(corner);
    }
    return corners;
  }
}
