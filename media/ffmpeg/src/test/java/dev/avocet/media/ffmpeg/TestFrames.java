package dev.avocet.media.ffmpeg;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.media.Frame;
import java.nio.ByteBuffer;

/** Frames that the tests make. */
final class TestFrames {
  /** Stripes that a number is written with, the lowest bit leftmost. */
  private static final int BITS = 8;

  private TestFrames() {}

  /** A BGR picture that shows a number below 256 as white and black stripes. */
  static Image numbered(int number, int width, int height) {
    byte[] pixels = new byte[3 * width * height];
    for (int i = 0; i < pixels.length; i++) {
      int bit = i / 3 % width * BITS / width;
      pixels[i] = (byte) ((number >> bit & 1) == 0 ? 0 : 255);
    }
    return Image.copyOf(pixels, PixelFormat.BGR, width, height);
  }

  /** The number that a decoded frame shows. */
  static int number(DecodedVideo.Shot shot) {
    int number = 0;
    for (int bit = 0; bit < BITS; bit++) {
      int x = (2 * bit + 1) * shot.width() / (2 * BITS);
      number |= (shot.yuv(x, shot.height() / 2)[0] > 126 ? 1 : 0) << bit;
    }
    return number;
  }

  /** A BGR picture of one colour, 0xRRGGBB. */
  static Image plain(int rgb, int width, int height) {
    Image image = Image.allocate(PixelFormat.BGR, width, height);
    ByteBuffer plane = image.plane(0);
    int stride = image.planes().get(0).stride();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        plane.put(y * stride + 3 * x, (byte) rgb);
        plane.put(y * stride + 3 * x + 1, (byte) (rgb >> 8));
        plane.put(y * stride + 3 * x + 2, (byte) (rgb >> 16));
      }
    }
    return image;
  }

  /** A frame of a video that need not be there. */
  static Frame of(String input, long index, double millis, Image image) {
    return Frame.of(input, index, millis, image, image::close);
  }
}
