package dev.avocet.media;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rotation;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Draws labelled boxes: a colour a class, lines and letters in proportion to the picture, labels on
 * a filled ground that stays inside the picture. Stateless, safe from any thread.
 */
public final class Annotator {
  /** 0xRRGGBB, neighbours far apart in hue. */
  private static final int[] PALETTE = {
    0xff4b4b, 0x2fbf71, 0x2d7ff9, 0xffb020, 0xa259ff, 0x00b8d9, 0xff7a1a, 0xe0349c, 0x8bc34a,
    0x5c6bc0, 0xf6d32d, 0x009688, 0xb5651d, 0x64b5f6, 0xd32f2f, 0x9e9e9e
  };

  private static final int FONT = opencv_imgproc.FONT_HERSHEY_DUPLEX;

  /** Height of a capital letter of the font at scale 1, in pixels. */
  private static final double CAPITAL = 21;

  private static final double SMALLEST_CAPITAL = 6;

  private Annotator() {}

  /**
   * A new upright BGR picture with the boxes drawn on it; the caller closes it.
   *
   * @param image of any format and rotation
   * @param annotations in pixels of the upright picture
   */
  public static Image annotate(Image image, List<Annotation> annotations) {
    try (Mat pixels = OpenCv.uprightBgr(image)) {
      draw(pixels, annotations);
      return OpenCv.copyOf(pixels);
    }
  }

  /**
   * Draws on the picture itself.
   *
   * @param image BGR, without a rotation
   * @throws AvocetException INVALID_ARG where it is anything else
   */
  public static void draw(Image image, List<Annotation> annotations) {
    if (image.format() != PixelFormat.BGR || image.rotation() != Rotation.NONE) {
      throw AvocetException.invalidArgument(
          "image=%s rotation=%s: expected BGR without a rotation; use annotate"
              .formatted(image, image.rotation()));
    }
    try (Mat pixels = OpenCv.view(image)) {
      draw(pixels, annotations);
    }
  }

  private static void draw(Mat pixels, List<Annotation> annotations) {
    Style style = Style.of(pixels);
    // The best lie on top, and every label above every box.
    List<Annotation> order =
        annotations.stream()
            .filter(a -> isVisible(a, pixels))
            .sorted(Comparator.comparingDouble(Annotation::score))
            .toList();
    order.forEach(a -> box(pixels, a, style));
    order.forEach(a -> label(pixels, a, style));
  }

  private static boolean isVisible(Annotation a, Mat pixels) {
    return a.x1() <= a.x2()
        && a.y1() <= a.y2()
        && a.x2() >= 0
        && a.y2() >= 0
        && a.x1() < pixels.cols()
        && a.y1() < pixels.rows();
  }

  private static void box(Mat pixels, Annotation a, Style style) {
    try (Point from = new Point(clamp(a.x1(), pixels.cols()), clamp(a.y1(), pixels.rows()));
        Point to = new Point(clamp(a.x2(), pixels.cols()), clamp(a.y2(), pixels.rows()));
        Scalar colour = bgr(colour(a.classId()))) {
      opencv_imgproc.rectangle(pixels, from, to, colour, style.line(), opencv_imgproc.LINE_8, 0);
    }
  }

  private static void label(Mat pixels, Annotation a, Style style) {
    String text = text(a);
    double scale = style.scale();
    int[] size = textSize(text, scale, style.stroke());
    int room = pixels.cols() - 2 * style.margin();
    if (size[0] > room) {
      scale *= (double) room / size[0];
      if (scale * CAPITAL < SMALLEST_CAPITAL) {
        return;
      }
      size = textSize(text, scale, style.stroke());
    }
    int width = Math.min(size[0] + 2 * style.margin(), pixels.cols());
    int height = size[1] + size[2] + 2 * style.margin();
    if (height > pixels.rows()) {
      return;
    }
    int half = style.line() / 2;
    int x = Math.max(0, Math.min(clamp(a.x1(), pixels.cols()) - half, pixels.cols() - width));
    int above = clamp(a.y1(), pixels.rows()) - half - height;
    int y = above >= 0 ? above : Math.min(clamp(a.y1(), pixels.rows()), pixels.rows() - height);
    int ground = colour(a.classId());
    try (Point from = new Point(x, y);
        Point to = new Point(x + width - 1, y + height - 1);
        Point base = new Point(x + style.margin(), y + style.margin() + size[1]);
        Scalar fill = bgr(ground);
        Scalar ink = bgr(isLight(ground) ? 0x101010 : 0xffffff)) {
      opencv_imgproc.rectangle(
          pixels, from, to, fill, opencv_imgproc.FILLED, opencv_imgproc.LINE_8, 0);
      opencv_imgproc.putText(
          pixels, text, base, FONT, scale, ink, style.stroke(), opencv_imgproc.LINE_AA, false);
    }
  }

  private static String text(Annotation a) {
    String text = String.format(Locale.ROOT, "%s %.2f", a.label(), a.score()).strip();
    return text.replaceAll("[^ -~]", "?");
  }

  /** Width, height above the base line, and depth below it. */
  private static int[] textSize(String text, double scale, int stroke) {
    try (IntPointer depth = new IntPointer(1);
        Size size = opencv_imgproc.getTextSize(text, FONT, scale, stroke, depth)) {
      return new int[] {size.width(), size.height(), depth.get() / 2};
    }
  }

  private static int clamp(float v, int extent) {
    return Math.round(Math.max(0, Math.min(v, extent - 1f)));
  }

  private static int colour(int classId) {
    return PALETTE[Math.floorMod(classId, PALETTE.length)];
  }

  private static Scalar bgr(int rgb) {
    return new Scalar(rgb & 0xff, rgb >> 8 & 0xff, rgb >> 16, 0);
  }

  /** Whether dark letters are read better on this colour: its luminance by ITU-R BT.601. */
  private static boolean isLight(int rgb) {
    return 0.299 * (rgb >> 16) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff) > 130;
  }

  /**
   * Measures that follow from the picture's size.
   *
   * @param line width of a box's lines, in pixels
   * @param scale of the font
   * @param stroke width of the letters' lines
   * @param margin around the letters
   */
  private record Style(int line, double scale, int stroke, int margin) {
    static Style of(Mat pixels) {
      double side = Math.sqrt((double) pixels.rows() * pixels.cols());
      double capital = Math.max(8, side / 62);
      int line = (int) Math.max(1, Math.round(side / 260));
      return new Style(
          line,
          capital / CAPITAL,
          (int) Math.max(1, Math.round(capital / 13)),
          (int) Math.max(2, Math.round(capital / 2.6)));
    }
  }
}
