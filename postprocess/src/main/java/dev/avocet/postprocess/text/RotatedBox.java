package dev.avocet.postprocess.text;

/**
 * A rectangle that is turned. Immutable. The numbers are those of OpenCV 4.5's {@code minAreaRect}
 * and {@code RotatedRect::points}; other releases call the other side the width and begin with
 * another corner.
 */
public final class RotatedBox {
  private final float centreX;
  private final float centreY;
  private final double angle;
  private final float width;
  private final float height;
  private final float[] corners;

  private RotatedBox(
      float centreX, float centreY, double angle, float width, float height, float[] corners) {
    this.centreX = centreX;
    this.centreY = centreY;
    this.angle = angle;
    this.width = width;
    this.height = height;
    this.corners = corners;
  }

  /**
   * The rectangle of least area around points.
   *
   * @param points x and y in turn, at least one point; their convex hull is what counts
   */
  public static RotatedBox around(int[] points) {
    int[] hull = ConvexHull.of(points);
    if (hull.length > 4) {
      return new Calipers(hull).leastArea();
    }
    int last = hull.length - 2;
    double dx = hull[last] - hull[0];
    double dy = hull[last + 1] - hull[1];
    float length = (float) Math.sqrt(dx * dx + dy * dy);
    float x = ((float) hull[0] + hull[last]) * 0.5f;
    float y = ((float) hull[1] + hull[last + 1]) * 0.5f;
    return of(x, y, length, 0, Math.atan2(dy, dx));
  }

  /** A rectangle around a centre, its width turned by {@code angle} radians from the x axis. */
  static RotatedBox of(float x, float y, float width, float height, double angle) {
    // OpenCV keeps the angle in degrees, in float32.
    double turned = (float) ((float) angle * 180 / Math.PI) * Math.PI / 180;
    float b = (float) Math.cos(turned) * 0.5f;
    float a = (float) Math.sin(turned) * 0.5f;
    float x0 = x - a * height - b * width;
    float y0 = y + b * height - a * width;
    float x1 = x + a * height - b * width;
    float y1 = y - b * height - a * width;
    float[] corners = {x0, y0, x1, y1, 2 * x - x0, 2 * y - y0, 2 * x - x1, 2 * y - y1};
    return new RotatedBox(x, y, angle, width, height, corners);
  }

  /** Length of the side that is turned by 0 to 90 degrees; of an upright box it is either side. */
  public float width() {
    return width;
  }

  /** Length of the other side. */
  public float height() {
    return height;
  }

  /** Length of the shorter side. */
  public float shortSide() {
    return Math.min(width, height);
  }

  /** The rectangle whose sides are {@code distance} further out. */
  public RotatedBox grown(double distance) {
    float wider = (float) (2 * distance);
    return of(centreX, centreY, width + wider, height + wider, angle);
  }

  /** Across position of corner 0 to 3, clockwise on the screen. */
  public float x(int corner) {
    return corners[2 * corner];
  }

  /** Down position of corner 0 to 3. */
  public float y(int corner) {
    return corners[2 * corner + 1];
  }

  /** The corners, rounded to whole numbers: x and y in turn. */
  public int[] rounded() {
    int[] rounded = new int[corners.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Math.round(corners[i]);
    }
    return rounded;
  }
}
