package dev.avocet.postprocess.text;

/** Closed polygons as arrays of x and y in turn. Stateless. */
public final class Polygons {
  private Polygons() {}

  /**
   * Fewer corners, by the Douglas-Peucker algorithm: {@link DouglasPeucker}.
   *
   * @param tolerance how far the border may move, as a share of its length
   */
  public static int[] simplify(int[] polygon, double tolerance) {
    return DouglasPeucker.simplify(polygon, tolerance * perimeter(polygon));
  }

  /** Area that the polygon encloses, in squares of its unit, whichever way round it goes. */
  public static double area(int[] polygon) {
    return Math.abs(signedArea(polygon));
  }

  /** The same, negative where the polygon turns from the y axis to the x axis. */
  static double signedArea(int[] polygon) {
    double twice = 0;
    int n = polygon.length;
    for (int i = 0, j = n - 2; i < n; j = i, i += 2) {
      twice += (double) polygon[j] * polygon[i + 1] - (double) polygon[i] * polygon[j + 1];
    }
    return twice / 2;
  }

  /** Length of the border. */
  public static double perimeter(int[] polygon) {
    double sum = 0;
    int n = polygon.length;
    for (int i = 0, j = n - 2; i < n; j = i, i += 2) {
      float dx = polygon[i] - polygon[j];
      float dy = polygon[i + 1] - polygon[j + 1];
      // Rounded to float32 as OpenCV's arcLength, which the reference asks, rounds it.
      sum += (float) Math.sqrt(dx * dx + dy * dy);
    }
    return sum;
  }

  /**
   * The corners of the squares that pixels cover, with the pixel at 0,0 from 0,0 to 1,1.
   *
   * @param pixels x and y in turn
   */
  public static int[] squares(int[] pixels) {
    int[] corners = new int[4 * pixels.length];
    int n = 0;
    for (int i = 0; i < pixels.length; i += 2) {
      for (int corner = 0; corner < 4; corner++) {
        corners[n++] = pixels[i] + corner % 2;
        corners[n++] = pixels[i + 1] + corner / 2;
      }
    }
    return corners;
  }
}
