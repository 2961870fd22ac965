package dev.avocet.preprocess;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Point;
import dev.avocet.core.Quad;
import dev.avocet.core.Rect;
import dev.avocet.core.RectF;
import dev.avocet.core.Status;
import dev.avocet.preprocess.internal.AffineSampler;
import dev.avocet.preprocess.internal.OpenCvCanvas;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Takes parts out of pictures for the next network of a pipeline: quadrilaterals laid flat ({@code
 * WarpBbox} of MMDeploy, {@code csrc/mmdeploy/codebase/mmocr/warp.cpp}) and boxes ({@code CropBox},
 * {@code codebase/mmcls/linear_cls.cpp}). Thread safe.
 */
public final class Warp {
  private static final float FARTHEST = 1 << 24;

  /** Pixels of the largest patch, in squares over the picture's longer side. */
  private static final int LARGEST = 4;

  private Warp() {}

  /**
   * Copies a quadrilateral into an upright picture that is as wide as its longer edge and as high
   * as its shorter one. Corners are cut to whole pixels and put in order clockwise, from the one
   * nearest their bounding box's upper left; the parallelogram of the first three is sampled
   * bilinearly, the first edge across. What is outside of the picture is black. Only the part of
   * the picture that is looked at is converted.
   *
   * <p>As the reference does it, a quadrilateral that is higher than wide is squeezed into the
   * lying shape, not turned.
   *
   * @param image any format in host memory; its rotation is applied first
   * @param quad in pixels of the upright picture, its corners in any order around
   * @return a new picture, GRAY8 for the grey formats, else BGR, which the caller closes
   * @throws AvocetException INVALID_ARG where a corner is no number or the quadrilateral is less
   *     than a pixel high; OUT_OF_RANGE where it is wholly outside of the picture or far larger;
   *     NOT_SUPPORTED where the pixels are not in host memory
   */
  public static Image warpQuad(Image image, Quad quad) {
    Preprocessor.checkHost(image);
    List<Corner> corners = ordered(whole(quad));
    Corner first = corners.get(0);
    Corner second = corners.get(1);
    Corner third = corners.get(2);
    float edge = (float) Math.sqrt(first.squaredDistance(second));
    float next = (float) Math.sqrt(second.squaredDistance(third));
    float width = Math.max(edge, next);
    float height = Math.min(edge, next);
    checkSize(image, quad, first.cross(second, third), width, height);
    double[] toSource = {
      (second.x - first.x) / (double) width,
      (third.x - second.x) / (double) height,
      first.x,
      (second.y - first.y) / (double) width,
      (third.y - second.y) / (double) height,
      first.y
    };
    Rect window =
        window(toSource, (int) width, (int) height, image)
            .orElseThrow(
                () ->
                    new AvocetException(
                        Status.OUT_OF_RANGE,
                        "quad=%s is outside of the picture of %dx%d: leave it out"
                            .formatted(quad, image.uprightWidth(), image.uprightHeight())));
    PixelFormat format = image.format().channels() == 1 ? PixelFormat.GRAY8 : PixelFormat.BGR;
    try (OpenCvCanvas canvas = new OpenCvCanvas()) {
      canvas.begin(image, window);
      canvas.load(format);
      Image patch = Image.allocate(format, (int) width, (int) height);
      AffineSampler.sample(toSource, canvas.pixels(), window, patch);
      return patch;
    } finally {
      Reference.reachabilityFence(image);
    }
  }

  /**
   * The whole pixels of a box that lie inside of a picture: edges and sizes rounded to the nearest
   * number, half to even, and then clipped, as OpenCV's {@code Rect} of a {@code Rect_<float>}.
   * {@link Image#region} or {@link Source#of(Image, Rect)} looks at them without a copy.
   *
   * @param width of the upright picture
   * @param height of the upright picture
   * @return empty where no pixel is left
   */
  public static Optional<Rect> cropBox(RectF box, int width, int height) {
    long left = Math.round(Math.rint(box.x()));
    long top = Math.round(Math.rint(box.y()));
    // Beyond this nothing changes, and the sums stay in range.
    long right = left + Math.min(Integer.MAX_VALUE, Math.round(Math.rint(box.width())));
    long bottom = top + Math.min(Integer.MAX_VALUE, Math.round(Math.rint(box.height())));
    return clip(left, top, right, bottom, width, height);
  }

  /** What the patch looks at, with the neighbours of each point. */
  private static Optional<Rect> window(double[] toSource, int width, int height, Image image) {
    double[] xs = new double[4];
    double[] ys = new double[4];
    for (int i = 0; i < 4; i++) {
      int x = i % 2 * width;
      int y = i / 2 * height;
      xs[i] = toSource[0] * x + toSource[1] * y + toSource[2];
      ys[i] = toSource[3] * x + toSource[4] * y + toSource[5];
    }
    Arrays.sort(xs);
    Arrays.sort(ys);
    return clip(
        (long) Math.floor(xs[0]) - 1,
        (long) Math.floor(ys[0]) - 1,
        (long) Math.ceil(xs[3]) + 2,
        (long) Math.ceil(ys[3]) + 2,
        image.uprightWidth(),
        image.uprightHeight());
  }

  private static Optional<Rect> clip(
      long left, long top, long right, long bottom, int width, int height) {
    int x = (int) Math.max(0, Math.min(width, left));
    int y = (int) Math.max(0, Math.min(height, top));
    int acrossTo = (int) Math.max(0, Math.min(width, right));
    int downTo = (int) Math.max(0, Math.min(height, bottom));
    return acrossTo <= x || downTo <= y
        ? Optional.empty()
        : Optional.of(new Rect(x, y, acrossTo - x, downTo - y));
  }

  private static List<Corner> whole(Quad quad) {
    List<Corner> corners = new ArrayList<>();
    for (Point point : quad.corners()) {
      if (Float.isNaN(point.x()) || Float.isNaN(point.y())) {
        throw AvocetException.invalidArgument("quad=%s: a corner is no number".formatted(quad));
      }
      if (Math.abs(point.x()) > FARTHEST || Math.abs(point.y()) > FARTHEST) {
        throw new AvocetException(
            Status.OUT_OF_RANGE,
            "quad=%s: a corner is more than %.0f pixels away".formatted(quad, FARTHEST));
      }
      corners.add(new Corner((int) point.x(), (int) point.y()));
    }
    return corners;
  }

  /** Clockwise on the screen, from the corner nearest the upper left of their bounding box. */
  private static List<Corner> ordered(List<Corner> corners) {
    Corner pivot =
        Collections.min(corners, Comparator.comparingInt(Corner::y).thenComparingInt(Corner::x));
    List<Corner> around = new ArrayList<>(corners);
    around.sort((a, b) -> compareAround(pivot, a, b));
    Corner corner = new Corner(around.stream().mapToInt(Corner::x).min().orElseThrow(), pivot.y());
    int nearest = 0;
    for (int i = 1; i < around.size(); i++) {
      if (corner.squaredDistance(around.get(i)) < corner.squaredDistance(around.get(nearest))) {
        nearest = i;
      }
    }
    Collections.rotate(around, -nearest);
    return around;
  }

  private static int compareAround(Corner pivot, Corner a, Corner b) {
    if (a.equals(pivot) || b.equals(pivot)) {
      return Boolean.compare(b.equals(pivot), a.equals(pivot));
    }
    return Long.compare(0, pivot.cross(a, b));
  }

  private static void checkSize(Image image, Quad quad, long area, float width, float height) {
    if (area == 0 || height < 1) {
      throw AvocetException.invalidArgument(
          "quad=%s has no area of at least a pixel: leave it out".formatted(quad));
    }
    double side = Math.max(image.uprightWidth(), image.uprightHeight());
    if ((double) width * height > LARGEST * side * side) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "quad=%s is far larger than the picture of %dx%d: leave it out"
              .formatted(quad, image.uprightWidth(), image.uprightHeight()));
    }
  }

  /** A corner in whole pixels. */
  private record Corner(int x, int y) {
    /** Twice the area of the triangle of this corner and two others; positive if clockwise. */
    long cross(Corner a, Corner b) {
      return (long) (a.x - x) * (b.y - y) - (long) (a.y - y) * (b.x - x);
    }

    double squaredDistance(Corner other) {
      double across = other.x - x;
      double down = other.y - y;
      return across * across + down * down;
    }
  }
}
