package dev.avocet.media;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Measures that follow from a picture's size.
 *
 * @param line width of lines, in pixels
 * @param capital height of a capital letter
 */
record DrawingStyle(int line, double capital) {
  static DrawingStyle of(Mat pixels) {
    double side = Math.sqrt((double) pixels.rows() * pixels.cols());
    return new DrawingStyle((int) Math.max(1, Math.round(side / 260)), Math.max(8, side / 62));
  }

  /** Width of the lines of letters. */
  static int stroke(double capital) {
    return (int) Math.max(1, Math.round(capital / 13));
  }

  /** Room around letters. */
  static int margin(double capital) {
    return (int) Math.max(2, Math.round(capital / 2.6));
  }

  /** Radius of a dot: one that can be told from the end of a line. */
  int dot() {
    return line + 1;
  }

  /** A colour as OpenCV takes it; the caller closes it. */
  static Scalar bgr(int rgb) {
    return new Scalar(rgb & 0xff, rgb >> 8 & 0xff, rgb >> 16 & 0xff, 0);
  }
}
