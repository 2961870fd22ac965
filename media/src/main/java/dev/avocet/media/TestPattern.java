package dev.avocet.media;

import dev.avocet.core.Image;
import java.nio.ByteBuffer;

/**
 * The pictures of {@code test://}: eight bars that wander to the left by one pixel a frame, a white
 * square that goes round, and along the upper edge the frame's number in binary, 32 black or white
 * fields, the highest bit first. Confined to one thread at a time.
 */
final class TestPattern implements DrawnSource.Painter {
  /**
   * Blue, green, red of the bars: white, yellow, cyan, green, magenta, red, blue, black at 75 %.
   */
  private static final int[] BARS = {
    0xbfbfbf, 0x00bfbf, 0xbfbf00, 0x00bf00, 0xbf00bf, 0x0000bf, 0xbf0000, 0x000000
  };

  private static final int BITS = 32;

  private final int width;
  private final int height;
  private final byte[] bars;
  private final byte[] row;

  TestPattern(int width, int height) {
    this.width = width;
    this.height = height;
    // Two rows long, so that any part of a row's length is one copy.
    this.bars = new byte[2 * 3 * width];
    for (int x = 0; x < 2 * width; x++) {
      put(bars, x, BARS[(int) ((long) (x % width) * BARS.length / width)]);
    }
    this.row = new byte[3 * width];
  }

  @Override
  public void draw(Image image, long number) {
    ByteBuffer pixels = image.plane(0);
    int stride = image.planes().get(0).stride();
    int field = Math.max(1, width / BITS);
    int top = Math.min(height, 2 * field);
    int side = Math.max(1, Math.min(width, height) / 6);
    int left = (int) (number * 3 % width);
    int upper = (int) (top + number * 2 % Math.max(1, height - top - side + 1));
    for (int y = 0; y < height; y++) {
      System.arraycopy(bars, (int) (number % width) * 3, row, 0, row.length);
      if (y < top) {
        for (int x = 0; x < Math.min(width, BITS * field); x++) {
          put(row, x, (number >> (BITS - 1 - x / field) & 1) == 0 ? 0 : 0xffffff);
        }
      } else if (y >= upper && y < upper + side) {
        for (int x = left; x < left + side; x++) {
          put(row, x % width, 0xffffff);
        }
      }
      pixels.put(y * stride, row);
    }
  }

  private static void put(byte[] row, int x, int bgr) {
    row[3 * x] = (byte) (bgr >> 16);
    row[3 * x + 1] = (byte) (bgr >> 8);
    row[3 * x + 2] = (byte) bgr;
  }
}
