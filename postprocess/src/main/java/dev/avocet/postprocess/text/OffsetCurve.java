package dev.avocet.postprocess.text;

import java.util.Arrays;

/**
 * The closed curve at a distance outside of a polygon, corners rounded: edges moved along their
 * normals, an arc of chords around each convex corner, and at each concave one a turn through the
 * corner itself, so that the curve winds at least once around everything that is nearer than the
 * distance. It may cross itself; {@link Outline} says what it encloses. The points are those of the
 * Clipper library, release 6.4.2 ({@code jtRound}, {@code etClosedPolygon}, arc tolerance 0.25),
 * which the reference and PaddleOCR use, rounded to whole numbers as there.
 */
final class OffsetCurve {
  /** How far a chord may stay inside its arc. */
  private static final double ARC_TOLERANCE = 0.25;

  private final int[] corners;
  private final double[] normals;
  private final double distance;
  private final double stepsPerRadian;
  private final double sin;
  private final double cos;
  private int[] points;
  private int size;

  private OffsetCurve(int[] corners, double distance) {
    this.corners = corners;
    this.normals = normals(corners);
    this.distance = distance;
    this.points = new int[4 * corners.length + 64];
    double tolerance = Math.min(ARC_TOLERANCE, distance * ARC_TOLERANCE);
    double steps = Math.min(Math.PI / Math.acos(1 - tolerance / distance), distance * Math.PI);
    sin = Math.sin(2 * Math.PI / steps);
    cos = Math.cos(2 * Math.PI / steps);
    stepsPerRadian = steps / (2 * Math.PI);
  }

  /**
   * The curve, x and y in turn.
   *
   * @param polygon either way round
   * @param distance above 0
   * @return empty where fewer than three corners differ from their neighbours
   */
  static int[] around(int[] polygon, double distance) {
    int[] corners = withoutRepeats(polygon);
    if (corners.length < 6) {
      return new int[0];
    }
    if (Polygons.signedArea(corners) < 0) {
      reverse(corners);
    }
    return new OffsetCurve(corners, distance).trace();
  }

  private static int[] withoutRepeats(int[] polygon) {
    int[] kept = new int[polygon.length];
    int n = 0;
    for (int i = 0; i < polygon.length; i += 2) {
      if (n == 0 || polygon[i] != kept[n - 2] || polygon[i + 1] != kept[n - 1]) {
        kept[n++] = polygon[i];
        kept[n++] = polygon[i + 1];
      }
    }
    while (n > 2 && kept[0] == kept[n - 2] && kept[1] == kept[n - 1]) {
      n -= 2;
    }
    return Arrays.copyOf(kept, n);
  }

  private static void reverse(int[] corners) {
    for (int i = 0, j = corners.length - 2; i < j; i += 2, j -= 2) {
      for (int axis = 0; axis < 2; axis++) {
        int kept = corners[i + axis];
        corners[i + axis] = corners[j + axis];
        corners[j + axis] = kept;
      }
    }
  }

  /** Unit vectors that point out of the polygon, one for the edge that leaves each corner. */
  private static double[] normals(int[] corners) {
    int n = corners.length;
    double[] normals = new double[n];
    for (int i = 0; i < n; i += 2) {
      int next = (i + 2) % n;
      double dx = corners[next] - corners[i];
      double dy = corners[next + 1] - corners[i + 1];
      double scale = 1 / Math.sqrt(dx * dx + dy * dy);
      normals[i] = dy * scale;
      normals[i + 1] = -dx * scale;
    }
    return normals;
  }

  private int[] trace() {
    int before = corners.length - 2;
    for (int corner = 0; corner < corners.length; corner += 2) {
      before = turn(corner, before);
    }
    return Arrays.copyOf(points, size);
  }

  /**
   * Goes around one corner.
   *
   * @param before the edge whose normal holds before the corner
   * @return the edge whose normal holds after it: where the border hardly turns the old one, as in
   *     Clipper
   */
  private int turn(int corner, int before) {
    double x0 = normals[before];
    double y0 = normals[before + 1];
    double x1 = normals[corner];
    double y1 = normals[corner + 1];
    double sine = x0 * y1 - x1 * y0;
    double cosine = x0 * x1 + y0 * y1;
    if (Math.abs(sine * distance) < 1) {
      if (cosine > 0) {
        add(corner, x0, y0);
        return before;
      }
    } else {
      sine = Math.max(-1, Math.min(sine, 1));
    }
    if (sine < 0) {
      add(corner, x0, y0);
      add(corner, 0, 0);
    } else {
      // Of a turn right back the sign is that of a zero.
      double angle = Math.abs(Math.atan2(sine, cosine));
      double x = x0;
      double y = y0;
      for (int i = Math.max((int) round(stepsPerRadian * angle), 1); i > 0; i--) {
        add(corner, x, y);
        double turned = x * cos - sin * y;
        y = x * sin + y * cos;
        x = turned;
      }
    }
    add(corner, x1, y1);
    return corner;
  }

  private void add(int corner, double x, double y) {
    if (size == points.length) {
      points = Arrays.copyOf(points, 2 * size);
    }
    points[size++] = (int) round(corners[corner] + x * distance);
    points[size++] = (int) round(corners[corner + 1] + y * distance);
  }

  /** To the nearest whole number, halves away from zero. */
  static long round(double v) {
    return v < 0 ? (long) (v - 0.5) : (long) (v + 0.5);
  }
}
