package dev.avocet.postprocess.text;

import static org.bytedeco.opencv.global.opencv_core.CV_32SC2;
import static org.bytedeco.opencv.global.opencv_imgproc.approxPolyDP;
import static org.bytedeco.opencv.global.opencv_imgproc.arcLength;

import dev.avocet.core.internal.Natives;
import java.nio.IntBuffer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Closed polygons as arrays of x and y in turn. Stateless. */
public final class Polygons {
  static {
    Natives.prepare();
  }

  private Polygons() {}

  /**
   * Fewer corners, by the Douglas-Peucker algorithm: OpenCV's {@code approxPolyDP}.
   *
   * @param tolerance how far the border may move, as a share of its length
   */
  public static int[] simplify(int[] polygon, double tolerance) {
    try (IntPointer points = new IntPointer(polygon);
        Mat from = new Mat(polygon.length / 2, 1, CV_32SC2, points);
        Mat to = new Mat()) {
      approxPolyDP(from, to, tolerance * arcLength(from, true), true);
      return points(to);
    }
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

  static int[] points(Mat mat) {
    int[] points = new int[2 * (int) mat.total()];
    if (points.length > 0) {
      IntBuffer buffer = mat.createBuffer();
      buffer.get(points);
    }
    return points;
  }
}
