package dev.avocet.media;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Measures that follow from a picture's size.
 *
 * @param line width of lines, in pixels
 * @param capital height of a capital letter
 * @param stroke width of the letters' lines
 * @param margin around the letters
 */
record DrawingStyle(int line, double capital, int stroke, int margin) {
  static DrawingStyle of(Mat pixels) {
    double side = Math.sqrt((double) pixels.rows() * pixels.cols());
    double capital = Math.max(8, side / 62);
    return new DrawingStyle(
        (int) Math.max(1, Math.round(side / 260)),
        capital,
        (int) Math.max(1, Math.round(capital / 13)),
        (int) Math.max(2, Math.round(capital / 2.6)));
  }

  /** Radius of a dot: one that can be told from the end of a line. */
  int dot() {
    return line + 1 + line / 2;
  }

  /** A colour as OpenCV takes it; the caller closes it. */
  static Scalar bgr(int rgb) {
    return new Scalar(rgb & 0xff, rgb >> 8 & 0xff, rgb >> 16 & 0xff, 0);
  }
}
