package dev.avocet.media;

import static dev.avocet.media.DrawingStyle.bgr;

import java.text.Normalizer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** Writes on filled grounds that stay inside the picture. */
final class Labels {
  private static final int FONT = opencv_imgproc.FONT_HERSHEY_DUPLEX;

  /** Height of a capital letter of the font at scale 1, in pixels. */
  private static final double CAPITAL = 21;

  private static final double SMALLEST_CAPITAL = 6;

  private final Mat pixels;
  private final DrawingStyle style;

  /** First row that no caption has taken. */
  private int nextCaption;

  Labels(Mat pixels, DrawingStyle style) {
    this.pixels = pixels;
    this.style = style;
  }

  /**
   * Above a point of the picture, at the left of which it begins.
   *
   * @param capital height of a capital letter, at most
   */
  void above(int x, int y, String text, double capital, int rgb) {
    Line line = fit(text, capital);
    if (line == null) {
      return;
    }
    int half = style.line() / 2;
    int above = y - half - line.height();
    int top = above >= 0 ? above : Math.min(y, pixels.rows() - line.height());
    write(Math.max(0, Math.min(x - half, pixels.cols() - line.width())), top, line, rgb);
  }

  /** In the upper left corner, below the captions before; left out where there is no room. */
  void caption(String text, int rgb) {
    Line line = fit(text, pixels.rows() / 5.0);
    if (line == null || nextCaption + line.height() > pixels.rows()) {
      return;
    }
    write(0, nextCaption, line, rgb);
    nextCaption += line.height();
  }

  /** Smaller where the picture is narrow; null where it would be too small to be read. */
  private Line fit(String unicode, double largest) {
    String text = ascii(unicode);
    double capital = Math.max(SMALLEST_CAPITAL, Math.min(style.capital(), largest));
    int stroke = DrawingStyle.stroke(capital);
    int margin = DrawingStyle.margin(capital);
    double scale = capital / CAPITAL;
    int[] size = textSize(text, scale, stroke);
    int room = pixels.cols() - 2 * margin;
    if (size[0] > room) {
      scale *= (double) room / size[0];
      if (scale * CAPITAL < SMALLEST_CAPITAL) {
        return null;
      }
      size = textSize(text, scale, stroke);
    }
    int width = Math.min(size[0] + 2 * margin, pixels.cols());
    int height = size[1] + size[2] + 2 * margin;
    return height > pixels.rows()
        ? null
        : new Line(text, scale, stroke, margin, width, height, size[1]);
  }

  private void write(int x, int y, Line line, int rgb) {
    try (Point from = new Point(x, y);
        Point to = new Point(x + line.width() - 1, y + line.height() - 1);
        Point base = new Point(x + line.margin(), y + line.margin() + line.ascent());
        Scalar fill = bgr(rgb);
        Scalar ink = bgr(isLight(rgb) ? 0x101010 : 0xffffff)) {
      opencv_imgproc.rectangle(
          pixels, from, to, fill, opencv_imgproc.FILLED, opencv_imgproc.LINE_8, 0);
      opencv_imgproc.putText(
          pixels,
          line.text(),
          base,
          FONT,
          line.scale(),
          ink,
          line.stroke(),
          opencv_imgproc.LINE_AA,
          false);
    }
  }

  /** OpenCV's letters are those of ASCII: accents are left out, what then remains is "?". */
  private static String ascii(String text) {
    String plain = Normalizer.normalize(text.strip(), Normalizer.Form.NFKD);
    return plain.replaceAll("\\p{M}", "").replaceAll("[^ -~]", "?");
  }

  /** Width, height above the base line, and depth below it. */
  private static int[] textSize(String text, double scale, int stroke) {
    try (IntPointer depth = new IntPointer(1);
        Size size = opencv_imgproc.getTextSize(text, FONT, scale, stroke, depth)) {
      return new int[] {size.width(), size.height(), depth.get() / 2};
    }
  }

  /** Whether dark letters are read better on this colour: its luminance by ITU-R BT.601. */
  private static boolean isLight(int rgb) {
    return 0.299 * (rgb >> 16 & 0xff) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff) > 130;
  }

  /**
   * A text that fits.
   *
   * @param scale of the font
   * @param stroke width of the letters' lines, in pixels
   * @param margin around the letters
   * @param width of the ground
   * @param height of the ground
   * @param ascent from the letters' top to their base line
   */
  private record Line(
      String text, double scale, int stroke, int margin, int width, int height, int ascent) {}
}
