package dev.avocet;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import java.nio.ByteBuffer;

/** Plain pictures that tests paint. */
final class Painting {
  private Painting() {}

  /** A BGR picture of one colour, {@code 0xRRGGBB}. The caller closes it. */
  static Image of(int width, int height, int rgb) {
    Image image = Image.allocate(PixelFormat.BGR, width, height);
    fill(image, new Rect(0, 0, width, height), rgb);
    return image;
  }

  /** Paints a part of a BGR picture. */
  static void fill(Image image, Rect part, int rgb) {
    ByteBuffer pixels = image.plane(0);
    int stride = image.planes().get(0).stride();
    for (int y = part.y(); y < part.y() + part.height(); y++) {
      for (int x = part.x(); x < part.x() + part.width(); x++) {
        pixels.put(y * stride + 3 * x, (byte) rgb);
        pixels.put(y * stride + 3 * x + 1, (byte) (rgb >> 8));
        pixels.put(y * stride + 3 * x + 2, (byte) (rgb >> 16));
      }
    }
  }
}
