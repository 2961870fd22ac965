package dev.avocet.postprocess.text;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_8;
import static org.bytedeco.opencv.global.opencv_imgproc.clipLine;
import static org.bytedeco.opencv.global.opencv_imgproc.polylines;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * The pixels that OpenCV's {@code fillPoly} paints for a polygon: its outline, and between its
 * edges every pixel whose centre lies between two of them, by the even-odd rule. Done here because
 * OpenCV does not paint the same pixels in every release: 4.10 rounds to the nearest pixel where
 * 4.13, and what the reference was built with, stay inside; the outline is alike in all of them.
 */
final class PolygonMask {
  /** Fixed point of {@code modules/imgproc/src/drawing.cpp}. */
  private static final int SHIFT = 16;

  private static final long LAST_BELOW_ONE = (1L << SHIFT) - 1;

  /**
   * An edge between two rows.
   *
   * @param from its first row
   * @param to the row after its last
   * @param x where it crosses row {@code from}, in fixed point
   * @param step from a row to the next, in fixed point
   */
  private record Edge(int from, int to, long x, long step) {
    long at(int row) {
      return x + step * (row - from);
    }
  }

  private final int[] polygon;
  private final int width;
  private final int height;

  private PolygonMask(int[] polygon, int width, int height) {
    this.polygon = polygon;
    this.width = width;
    this.height = height;
  }

  /**
   * Paints a polygon.
   *
   * @param polygon x and y in turn, from the mask's left upper corner; may reach beyond the mask
   * @return 1 where the polygon is, else 0, by rows
   */
  static byte[] paint(int[] polygon, int width, int height) {
    PolygonMask mask = new PolygonMask(polygon, width, height);
    byte[] painted = mask.outline();
    mask.fill(painted);
    return painted;
  }

  private byte[] outline() {
    byte[] painted = new byte[width * height];
    try (Scalar zero = Scalar.all(0);
        Scalar one = Scalar.all(1);
        Mat mask = new Mat(height, width, CV_8UC1, zero);
        IntPointer points = new IntPointer(polygon);
        Point first = new Point(points)) {
      int[] counts = {polygon.length / 2};
      polylines(mask, first, counts, 1, true, one, 1, LINE_8, 0);
      ByteBuffer bytes = mask.createBuffer();
      bytes.get(painted);
    }
    return painted;
  }

  private void fill(byte[] painted) {
    List<Edge> edges = edges();
    int[] ends = new int[height + 1];
    for (Edge edge : edges) {
      for (int row = Math.max(edge.from, 0); row < Math.min(edge.to, height); row++) {
        ends[row + 1]++;
      }
    }
    Arrays.parallelPrefix(ends, Integer::sum);
    long[] crossings = new long[ends[height]];
    int[] next = ends.clone();
    for (Edge edge : edges) {
      for (int row = Math.max(edge.from, 0); row < Math.min(edge.to, height); row++) {
        crossings[next[row]++] = edge.at(row);
      }
    }
    for (int row = 0; row < height; row++) {
      Arrays.sort(crossings, ends[row], ends[row + 1]);
      for (int i = ends[row]; i + 1 < ends[row + 1]; i += 2) {
        long left = Math.max((crossings[i] + LAST_BELOW_ONE) >> SHIFT, 0);
        long right = Math.min(crossings[i + 1] >> SHIFT, width - 1);
        if (left <= right) {
          Arrays.fill(painted, row * width + (int) left, row * width + (int) right + 1, (byte) 1);
        }
      }
    }
  }

  /** All but those that lie in one row. */
  private List<Edge> edges() {
    List<Edge> edges = new ArrayList<>();
    for (int i = 0, last = polygon.length - 2; i < polygon.length; last = i, i += 2) {
      if (polygon[last + 1] != polygon[i + 1]) {
        edges.add(edge(polygon[last], polygon[last + 1], polygon[i], polygon[i + 1]));
      }
    }
    return edges;
  }

  private Edge edge(int x0, int y0, int x1, int y1) {
    long left = x0;
    long top = y0;
    long right = x1;
    long bottom = y1;
    if (outside(x0, y0) || outside(x1, y1)) {
      // The slope is that of the part inside, between whole pixels, as OpenCV has it.
      try (Size size = new Size(width, height);
          Point a = new Point(x0, y0);
          Point b = new Point(x1, y1)) {
        clipLine(size, a, b);
        left = a.x();
        right = b.x();
        if (a.y() != b.y()) {
          top = a.y();
          bottom = b.y();
        }
      }
    }
    long step = ((right - left) << SHIFT) / (bottom - top);
    return y0 < y1
        ? new Edge(y0, y1, (left << SHIFT) + (y0 - top) * step, step)
        : new Edge(y1, y0, (right << SHIFT) + (y1 - bottom) * step, step);
  }

  private boolean outside(int x, int y) {
    return x < 0 || x >= width || y < 0 || y >= height;
  }
}
