package dev.avocet.postprocess.text;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgproc.CHAIN_APPROX_SIMPLE;
import static org.bytedeco.opencv.global.opencv_imgproc.RETR_LIST;
import static org.bytedeco.opencv.global.opencv_imgproc.findContours;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.Natives;
import dev.avocet.postprocess.Outputs;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/**
 * The probability of text at each pixel of one picture: a view of the network's output, which has
 * to stay as long as it is used. Polygons are arrays of x and y in turn, in pixels of the map.
 * Confined to one thread.
 */
public final class ScoreMap {
  static {
    Natives.prepare();
  }

  private final String name;
  private final int width;
  private final int height;
  private final FloatBuffer values;

  private ScoreMap(String name, Tensor output, int index) {
    this.name = name;
    this.height = (int) output.shape().dim(-2);
    this.width = (int) output.shape().dim(-1);
    int size = width * height;
    this.values = output.floats().slice(index * size, size);
  }

  /**
   * The map of entry {@code index} of a batch.
   *
   * @param output FLOAT32 [B,H,W] or [B,1,H,W]
   * @throws AvocetException FAIL where it is something else
   */
  public static ScoreMap of(String name, Tensor output, int index) {
    Shape shape = output.shape();
    if (output.type() != DataType.FLOAT32
        || !(shape.rank() == 3 || (shape.rank() == 4 && shape.dim(1) == 1))
        || shape.dim(-1) < 1
        || shape.dim(-2) < 1) {
      throw Outputs.unexpected(name, "FLOAT32[B,H,W] or FLOAT32[B,1,H,W]", output);
    }
    Outputs.checkIndex(name, output, index);
    return new ScoreMap(name, output, index);
  }

  /** Pixels across. */
  public int width() {
    return width;
  }

  /** Pixels down. */
  public int height() {
    return height;
  }

  /**
   * The borders, outer ones and those of holes, of the regions whose pixels are at least {@code
   * least}: OpenCV's {@code findContours} with {@code RETR_LIST} and {@code CHAIN_APPROX_SIMPLE},
   * in its order.
   *
   * @param max at most so many, the first
   * @throws AvocetException FAIL where the map holds NaN
   */
  public List<int[]> contours(float least, int max) {
    List<int[]> found = new ArrayList<>();
    try (Mat mask = new Mat(height, width, CV_8UC1);
        MatVector contours = new MatVector()) {
      fill(mask, least);
      findContours(mask, contours, RETR_LIST, CHAIN_APPROX_SIMPLE);
      for (long i = 0; i < Math.min(contours.size(), max); i++) {
        try (Mat contour = contours.get(i)) {
          found.add(points(contour));
        }
      }
    }
    return found;
  }

  private static int[] points(Mat contour) {
    int[] points = new int[2 * (int) contour.total()];
    IntBuffer buffer = contour.createBuffer();
    buffer.get(points);
    return points;
  }

  private void fill(Mat mask, float least) {
    float[] row = new float[width];
    byte[] bits = new byte[width];
    ByteBuffer to = mask.createBuffer();
    for (int y = 0; y < height; y++) {
      values.get(y * width, row);
      for (int x = 0; x < width; x++) {
        if (Float.isNaN(row[x])) {
          throw Outputs.nan("the score at %d,%d in \"%s\"".formatted(x, y, name));
        }
        bits[x] = (byte) (row[x] >= least ? 255 : 0);
      }
      to.put(y * width, bits);
    }
  }

  /**
   * The mean score of the pixels that {@link PolygonMask} paints for a polygon, whose edges are
   * painted too; 0 where all of it is outside of the map.
   */
  public float mean(int[] polygon) {
    int left = width;
    int top = height;
    int right = -1;
    int bottom = -1;
    for (int i = 0; i < polygon.length; i += 2) {
      left = Math.min(left, polygon[i]);
      right = Math.max(right, polygon[i]);
      top = Math.min(top, polygon[i + 1]);
      bottom = Math.max(bottom, polygon[i + 1]);
    }
    left = Math.max(left, 0);
    top = Math.max(top, 0);
    int across = Math.min(right, width - 1) - left + 1;
    int down = Math.min(bottom, height - 1) - top + 1;
    if (across < 1 || down < 1) {
      return 0;
    }
    int[] shifted = polygon.clone();
    for (int i = 0; i < shifted.length; i += 2) {
      shifted[i] -= left;
      shifted[i + 1] -= top;
    }
    byte[] painted = PolygonMask.paint(shifted, across, down);
    double sum = 0;
    int count = 0;
    for (int y = 0; y < down; y++) {
      for (int x = 0; x < across; x++) {
        if (painted[y * across + x] != 0) {
          sum += values.get((top + y) * width + left + x);
          count++;
        }
      }
    }
    return count == 0 ? 0 : (float) (sum / count);
  }
}
