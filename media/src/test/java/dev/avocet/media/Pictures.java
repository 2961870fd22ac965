package dev.avocet.media;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pictures that the tests make. */
final class Pictures {
  /** Colours of the quarters a, b, c, d: upper left, upper right, lower left, lower right. */
  static final int[] QUARTERS = {0xff0000, 0x00ff00, 0x0000ff, 0xffffff};

  private Pictures() {}

  /** A BGR picture whose quarters have the four colours. */
  static Image quarters(int width, int height) {
    byte[] pixels = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      int x = i % width;
      int y = i / width;
      int rgb = QUARTERS[(2 * x >= width ? 1 : 0) + (2 * y >= height ? 2 : 0)];
      pixels[3 * i] = (byte) rgb;
      pixels[3 * i + 1] = (byte) (rgb >> 8);
      pixels[3 * i + 2] = (byte) (rgb >> 16);
    }
    return Image.copyOf(pixels, PixelFormat.BGR, width, height);
  }

  /** Which quarters' colours lie upper left, upper right, lower left, lower right. */
  static String corners(Image image) {
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      int x = image.width() * (i % 2 == 0 ? 1 : 3) / 4;
      int y = image.height() * (i < 2 ? 1 : 3) / 4;
      found.append("abcd".charAt(nearest(rgb(image, x, y))));
    }
    return found.toString();
  }

  private static int nearest(int rgb) {
    int best = 0;
    for (int i = 1; i < 4; i++) {
      if (distance(rgb, QUARTERS[i]) < distance(rgb, QUARTERS[best])) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(int a, int b) {
    int sum = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      sum += Math.abs((a >> shift & 0xff) - (b >> shift & 0xff));
    }
    return sum;
  }

  /** A pixel of a BGR picture as 0xRRGGBB. */
  static int rgb(Image image, int x, int y) {
    ByteBuffer plane = image.plane(0);
    int at = y * image.planes().get(0).stride() + 3 * x;
    return (plane.get(at + 2) & 0xff) << 16
        | (plane.get(at + 1) & 0xff) << 8
        | (plane.get(at) & 0xff);
  }

  /** A picture file of the quarters, in the format that the ending says. */
  static byte[] encoded(String ending, int width, int height) throws IOException {
    Path file = Files.createTempFile("avocet", ending);
    try (Image image = quarters(width, height)) {
      new OpenCvImageCodec().write(image, file);
      return Files.readAllBytes(file);
    } finally {
      Files.delete(file);
    }
  }
}
