package dev.avocet.postprocess.text;

/**
 * Finds the rectangle of least area around a convex polygon by rotating calipers (Toussaint 1983):
 * four sides around the polygon, each touching one corner, are turned together from edge to edge.
 * In float32 and in the order of OpenCV 4.5's {@code minAreaRect}, since of rectangles of the same
 * area, common around small regions, the reference answers the one found last. Confined to one
 * thread.
 */
final class Calipers {
  private final int n;
  private final float[] x;
  private final float[] y;
  private final float[] edgeX;
  private final float[] edgeY;
  private final float[] perLength;

  /** The corners touched by the sides with the least y, the most x, the most y, the least x. */
  private final int[] touched = new int[4];

  /** Unit vector along the first side. */
  private float alongX = 1;

  private float alongY;

  /**
   * Around a polygon of three corners or more.
   *
   * @param hull x and y in turn, x axis towards y axis, no three corners on a line
   */
  Calipers(int[] hull) {
    n = hull.length / 2;
    x = new float[n];
    y = new float[n];
    edgeX = new float[n];
    edgeY = new float[n];
    perLength = new float[n];
    for (int i = 0; i < n; i++) {
      int next = (i + 1) % n;
      x[i] = hull[2 * i];
      y[i] = hull[2 * i + 1];
      edgeX[i] = (float) hull[2 * next] - x[i];
      edgeY[i] = (float) hull[2 * next + 1] - y[i];
      double length = Math.sqrt((double) edgeX[i] * edgeX[i] + (double) edgeY[i] * edgeY[i]);
      perLength[i] = (float) (1 / length);
    }
    for (int i = 1; i < n; i++) {
      touched[0] = y[i] < y[touched[0]] ? i : touched[0];
      touched[1] = x[i] > x[touched[1]] ? i : touched[1];
      touched[2] = y[i] > y[touched[2]] ? i : touched[2];
      touched[3] = x[i] < x[touched[3]] ? i : touched[3];
    }
  }

  /** Turns through all edges. */
  RotatedBox leastArea() {
    float least = Float.MAX_VALUE;
    RotatedBox best = null;
    for (int k = 0; k < n; k++) {
      turn();
      float width = along(touched[1], touched[3]);
      float height = across(touched[2], touched[0]);
      float area = width * height;
      if (area <= least || best == null) {
        least = area;
        best = box(width, height);
      }
    }
    return best;
  }

  /** Turns the sides until the first of them lies on an edge. */
  private void turn() {
    int first = 0;
    float most = Float.NEGATIVE_INFINITY;
    for (int side = 0; side < 4; side++) {
      float cosine = dot(side, touched[side]) * perLength[touched[side]];
      if (cosine > most) {
        most = cosine;
        first = side;
      }
    }
    int corner = touched[first];
    float leadX = edgeX[corner] * perLength[corner];
    float leadY = edgeY[corner] * perLength[corner];
    alongX = first == 0 ? leadX : first == 1 ? leadY : first == 2 ? -leadX : -leadY;
    alongY = first == 0 ? leadY : first == 1 ? -leadX : first == 2 ? -leadY : leadX;
    touched[first] = (corner + 1) % n;
  }

  /** The product of a side's direction and the edge that leaves {@code corner}. */
  private float dot(int side, int corner) {
    float dx = edgeX[corner];
    float dy = edgeY[corner];
    return switch (side) {
      case 0 -> alongX * dx + alongY * dy;
      case 1 -> -alongY * dx + alongX * dy;
      case 2 -> -alongX * dx - alongY * dy;
      default -> alongY * dx - alongX * dy;
    };
  }

  private float along(int to, int from) {
    return (x[to] - x[from]) * alongX + (y[to] - y[from]) * alongY;
  }

  private float across(int to, int from) {
    return -(x[to] - x[from]) * alongY + (y[to] - y[from]) * alongX;
  }

  private RotatedBox box(float width, float height) {
    int left = touched[3];
    int top = touched[0];
    float c1 = alongX * x[left] + y[left] * alongY;
    float c2 = -alongY * x[top] + y[top] * alongX;
    float scale = 1 / (alongX * alongX + alongY * alongY);
    float cornerX = (c1 * alongX - c2 * alongY) * scale;
    float cornerY = (alongX * c2 + alongY * c1) * scale;
    float wideX = alongX * width;
    float wideY = alongY * width;
    float highX = -alongY * height;
    float highY = alongX * height;
    return RotatedBox.of(
        cornerX + (wideX + highX) * 0.5f,
        cornerY + (wideY + highY) * 0.5f,
        (float) Math.sqrt((double) wideX * wideX + (double) wideY * wideY),
        (float) Math.sqrt((double) highX * highX + (double) highY * highY),
        Math.atan2(wideY, wideX));
  }
}
