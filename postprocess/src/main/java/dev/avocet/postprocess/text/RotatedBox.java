package dev.avocet.postprocess.text;

import static org.bytedeco.opencv.global.opencv_core.CV_32SC2;
import static org.bytedeco.opencv.global.opencv_imgproc.minAreaRect;

import dev.avocet.core.internal.Natives;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point2f;
import org.bytedeco.opencv.opencv_core.RotatedRect;
import org.bytedeco.opencv.opencv_core.Size2f;

/**
 * The rectangle of least area around points: OpenCV's {@code minAreaRect}. Releases of OpenCV
 * differ in which of the two sides is the width; here it is the side that is turned by more than 0
 * and at most 90 degrees, as in OpenCV 4.5.1 to 4.11. Immutable.
 */
public final class RotatedBox {
  private final float width;
  private final float height;
  private final float[] corners;

  private RotatedBox(float width, float height, float[] corners) {
    this.width = width;
    this.height = height;
    this.corners = corners;
  }

  /** The rectangle around these points: x and y in turn, at least one point. */
  public static RotatedBox around(int[] points) {
    Natives.prepare();
    try (IntPointer values = new IntPointer(points);
        Mat mat = new Mat(points.length / 2, 1, CV_32SC2, values);
        RotatedRect found = minAreaRect(mat);
        Point2f center = found.center();
        Size2f size = found.size()) {
      float angle = found.angle();
      boolean turned = angle > -90 && angle <= 0;
      float width = turned ? size.height() : size.width();
      float height = turned ? size.width() : size.height();
      if (angle <= 0) {
        angle += turned ? 90 : 180;
      }
      try (Size2f sides = new Size2f(width, height);
          RotatedRect box = new RotatedRect(center, sides, angle);
          Point2f corner = new Point2f(4)) {
        box.points(corner);
        float[] corners = new float[8];
        for (int i = 0; i < 4; i++) {
          corner.position(i);
          corners[2 * i] = corner.x();
          corners[2 * i + 1] = corner.y();
        }
        corner.position(0);
        return new RotatedBox(width, height, corners);
      }
    }
  }

  /** Length of the side that is turned by more than 0 and at most 90 degrees. */
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
