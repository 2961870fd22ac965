package dev.avocet.media;

import static dev.avocet.media.DrawingStyle.bgr;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Drawing;
import dev.avocet.core.Mask;
import dev.avocet.core.Rect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Keeps what is drawn, layer by layer, and paints it with OpenCV in the end. */
final class LayeredDrawing implements Drawing {
  /** What lies further out, in pixels, is left out: OpenCV counts in 32 bits. */
  private static final float FARTHEST = 1e6f;

  /** Height of letters above a line of text, in parts of the line: most of the line above stays. */
  private static final double LETTERS_OF_LINE = 0.35;

  private final Mat pixels;
  private final DrawingStyle style;
  private final Labels labels;
  private final List<Runnable> areas = new ArrayList<>();
  private final List<Runnable> outlines = new ArrayList<>();
  private final List<Runnable> texts = new ArrayList<>();
  private final List<Runnable> captions = new ArrayList<>();

  LayeredDrawing(Mat pixels) {
    this.pixels = pixels;
    this.style = DrawingStyle.of(pixels);
    this.labels = new Labels(pixels, style);
  }

  /** Paints everything. */
  void finish() {
    for (List<Runnable> layer : List.of(areas, outlines, texts)) {
      Collections.reverse(layer);
      layer.forEach(Runnable::run);
    }
    captions.forEach(Runnable::run);
  }

  @Override
  public void area(Mask mask, int rgb) {
    areas.add(() -> Areas.fill(pixels, mask, rgb, style.line()));
  }

  @Override
  public void classes(Rect window, int[] classes) {
    if (classes.length != (long) window.width() * window.height()) {
      throw AvocetException.invalidArgument(
          "classes=%d numbers for %s".formatted(classes.length, window));
    }
    areas.add(() -> Areas.colour(pixels, window, classes));
  }

  @Override
  public void box(float x1, float y1, float x2, float y2, String label, int rgb) {
    if (isVisible(x1, y1, x2, y2)) {
      outlines.add(() -> paintBox(x1, y1, x2, y2, rgb));
      label(x1, y1, label, style.capital(), rgb);
    }
  }

  private boolean isVisible(float x1, float y1, float x2, float y2) {
    return x1 <= x2 && y1 <= y2 && x2 >= 0 && y2 >= 0 && x1 < pixels.cols() && y1 < pixels.rows();
  }

  private void label(float x, float y, String text, double capital, int rgb) {
    if (!text.isBlank()) {
      int left = clamp(x, pixels.cols());
      int top = clamp(y, pixels.rows());
      texts.add(() -> labels.above(left, top, text, capital, rgb));
    }
  }

  private void paintBox(float x1, float y1, float x2, float y2, int rgb) {
    try (Point from = new Point(clamp(x1, pixels.cols()), clamp(y1, pixels.rows()));
        Point to = new Point(clamp(x2, pixels.cols()), clamp(y2, pixels.rows()));
        Scalar colour = bgr(rgb)) {
      opencv_imgproc.rectangle(pixels, from, to, colour, style.line(), opencv_imgproc.LINE_8, 0);
    }
  }

  @Override
  public void polygon(List<dev.avocet.core.Point> corners, String label, int rgb) {
    outline(corners, label, style.capital(), rgb);
  }

  @Override
  public void text(List<dev.avocet.core.Point> corners, String text, int rgb) {
    double shortest = Double.POSITIVE_INFINITY;
    for (int i = 1; i < corners.size(); i++) {
      dev.avocet.core.Point a = corners.get(i - 1);
      dev.avocet.core.Point b = corners.get(i);
      shortest = Math.min(shortest, Math.hypot(a.x() - b.x(), a.y() - b.y()));
    }
    outline(corners, text, shortest * LETTERS_OF_LINE, rgb);
  }

  private void outline(List<dev.avocet.core.Point> corners, String label, double capital, int rgb) {
    float left = Float.POSITIVE_INFINITY;
    float top = Float.POSITIVE_INFINITY;
    float right = Float.NEGATIVE_INFINITY;
    float bottom = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < corners.size(); i++) {
      dev.avocet.core.Point corner = corners.get(i);
      line(corner, corners.get((i + 1) % corners.size()), rgb);
      left = Math.min(left, corner.x());
      top = Math.min(top, corner.y());
      right = Math.max(right, corner.x());
      bottom = Math.max(bottom, corner.y());
    }
    if (isVisible(left, top, right, bottom)) {
      label(left, top, label, capital, rgb);
    }
  }

  @Override
  public void line(dev.avocet.core.Point from, dev.avocet.core.Point to, int rgb) {
    if (isNear(from) && isNear(to)) {
      outlines.add(() -> paintLine(from, to, rgb));
    }
  }

  private void paintLine(dev.avocet.core.Point from, dev.avocet.core.Point to, int rgb) {
    try (Point a = new Point(Math.round(from.x()), Math.round(from.y()));
        Point b = new Point(Math.round(to.x()), Math.round(to.y()));
        Scalar colour = bgr(rgb)) {
      opencv_imgproc.line(pixels, a, b, colour, style.line(), opencv_imgproc.LINE_AA, 0);
    }
  }

  @Override
  public void dot(dev.avocet.core.Point centre, int rgb) {
    if (isNear(centre)) {
      outlines.add(() -> paintDot(centre, rgb));
    }
  }

  /** With a thin dark rim, which sets it off from a line of its colour. */
  private void paintDot(dev.avocet.core.Point centre, int rgb) {
    try (Point at = new Point(Math.round(centre.x()), Math.round(centre.y()));
        Scalar rim = bgr(0x202020);
        Scalar colour = bgr(rgb)) {
      opencv_imgproc.circle(
          pixels, at, style.dot() + 1, rim, opencv_imgproc.FILLED, opencv_imgproc.LINE_AA, 0);
      opencv_imgproc.circle(
          pixels, at, style.dot(), colour, opencv_imgproc.FILLED, opencv_imgproc.LINE_AA, 0);
    }
  }

  private static boolean isNear(dev.avocet.core.Point p) {
    // False for NaN too.
    return Math.abs(p.x()) <= FARTHEST && Math.abs(p.y()) <= FARTHEST;
  }

  @Override
  public void caption(String text, int rgb) {
    if (!text.isBlank()) {
      captions.add(() -> labels.caption(text, rgb));
    }
  }

  private static int clamp(float v, int extent) {
    return Math.round(Math.max(0, Math.min(v, extent - 1f)));
  }
}
