package dev.avocet.media;

import static dev.avocet.media.DrawingStyle.bgr;

import dev.avocet.core.Mask;
import dev.avocet.core.Palette;
import dev.avocet.core.Rect;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Colours areas so that the picture below is still seen. Stateless. */
final class Areas {
  /** How much of the picture remains below an object's colour. */
  private static final double OBJECT_KEEPS = 0.55;

  /** How much remains below a map of classes, which covers everything. */
  private static final double MAP_KEEPS = 0.5;

  private Areas() {}

  /** Colours an object and draws its edge. */
  static void fill(Mat pixels, Mask mask, int rgb, int line) {
    Rect window = mask.window();
    Optional<Rect> inside = inside(window, pixels);
    if (inside.isEmpty()) {
      return;
    }
    Rect part = inside.get();
    byte[] bytes = new byte[part.width() * part.height()];
    ByteBuffer rows = mask.pixels();
    for (int y = 0; y < part.height(); y++) {
      int from = (part.y() - window.y() + y) * window.width() + part.x() - window.x();
      rows.get(from, bytes, y * part.width(), part.width());
    }
    try (BytePointer memory = new BytePointer(bytes);
        Mat where = new Mat(part.height(), part.width(), opencv_core.CV_8UC1, memory);
        Mat below = view(pixels, part);
        Scalar colour = bgr(rgb);
        Mat solid = new Mat(below.size(), below.type(), colour);
        MatVector edges = new MatVector()) {
      blend(below, OBJECT_KEEPS, solid, where);
      opencv_imgproc.findContours(
          where, edges, opencv_imgproc.RETR_CCOMP, opencv_imgproc.CHAIN_APPROX_NONE);
      opencv_imgproc.drawContours(
          below, edges, -1, colour, Math.max(1, line / 2), 8, null, 1, null);
    }
  }

  /** Colours every pixel by its class; negative classes are left as they are. */
  static void colour(Mat pixels, Rect window, int[] classes) {
    Optional<Rect> inside = inside(window, pixels);
    if (inside.isEmpty()) {
      return;
    }
    Rect part = inside.get();
    byte[] colours = new byte[3 * part.width() * part.height()];
    byte[] known = new byte[part.width() * part.height()];
    for (int y = 0; y < part.height(); y++) {
      int from = (part.y() - window.y() + y) * window.width() + part.x() - window.x();
      int to = y * part.width();
      for (int x = 0; x < part.width(); x++) {
        int id = classes[from + x];
        int rgb = Palette.ofMap(id);
        known[to + x] = (byte) (id < 0 ? 0 : 255);
        colours[3 * (to + x)] = (byte) rgb;
        colours[3 * (to + x) + 1] = (byte) (rgb >> 8);
        colours[3 * (to + x) + 2] = (byte) (rgb >> 16);
      }
    }
    try (BytePointer colourMemory = new BytePointer(colours);
        BytePointer knownMemory = new BytePointer(known);
        Mat solid = new Mat(part.height(), part.width(), opencv_core.CV_8UC3, colourMemory);
        Mat where = new Mat(part.height(), part.width(), opencv_core.CV_8UC1, knownMemory);
        Mat below = view(pixels, part)) {
      blend(below, MAP_KEEPS, solid, where);
    }
  }

  private static void blend(Mat below, double keeps, Mat solid, Mat where) {
    try (Mat mixed = new Mat()) {
      opencv_core.addWeighted(below, keeps, solid, 1 - keeps, 0, mixed);
      mixed.copyTo(below, where);
    }
  }

  private static Mat view(Mat pixels, Rect part) {
    try (org.bytedeco.opencv.opencv_core.Rect rect =
        new org.bytedeco.opencv.opencv_core.Rect(part.x(), part.y(), part.width(), part.height())) {
      return new Mat(pixels, rect);
    }
  }

  private static Optional<Rect> inside(Rect window, Mat pixels) {
    int left = Math.max(0, window.x());
    int top = Math.max(0, window.y());
    long right = Math.min(pixels.cols(), (long) window.x() + window.width());
    long bottom = Math.min(pixels.rows(), (long) window.y() + window.height());
    return right > left && bottom > top
        ? Optional.of(new Rect(left, top, (int) (right - left), (int) (bottom - top)))
        : Optional.empty();
  }
}
