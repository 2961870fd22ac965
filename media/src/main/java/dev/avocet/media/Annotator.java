package dev.avocet.media;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Drawable;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rotation;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Draws results on pictures: a colour a class, lines and letters in proportion to the picture,
 * labels on a filled ground that stays inside the picture. Stateless, safe from any thread.
 */
public final class Annotator {
  private Annotator() {}

  /**
   * A new upright BGR picture with the results drawn on it; the caller closes it.
   *
   * @param image of any format and rotation
   * @param results in pixels of the upright picture; the first lie on top
   */
  public static Image annotate(Image image, List<? extends Drawable> results) {
    try (Mat pixels = OpenCv.uprightBgr(image)) {
      draw(pixels, results);
      return OpenCv.copyOf(pixels);
    }
  }

  /**
   * Draws on the picture itself.
   *
   * @param image BGR, without a rotation
   * @param results as for {@link #annotate}
   * @throws AvocetException INVALID_ARG where the picture is anything else
   */
  public static void draw(Image image, List<? extends Drawable> results) {
    if (image.format() != PixelFormat.BGR || image.rotation() != Rotation.NONE) {
      throw AvocetException.invalidArgument(
          "image=%s rotation=%s: expected BGR without a rotation; use annotate"
              .formatted(image, image.rotation()));
    }
    try (Mat pixels = OpenCv.view(image)) {
      draw(pixels, results);
    }
  }

  private static void draw(Mat pixels, List<? extends Drawable> results) {
    LayeredDrawing drawing = new LayeredDrawing(pixels);
    results.forEach(result -> result.draw(drawing));
    drawing.finish();
  }
}
