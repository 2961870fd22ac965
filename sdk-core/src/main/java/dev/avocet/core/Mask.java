package dev.avocet.core;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The pixels of one object: a window of the upright source picture with a byte a pixel, 255 where
 * the object is and 0 where it is not. Immutable.
 */
public final class Mask {
  private final Rect window;
  private final byte[] pixels;

  /**
   * A mask over memory that the caller gives away.
   *
   * @param window where it lies in the upright source picture; parts may be outside
   * @param pixels a byte each, row by row, 0 or 255; not copied, not to be written any more
   * @throws AvocetException INVALID_ARG where the number of pixels is not that of the window
   */
  public Mask(Rect window, byte[] pixels) {
    if (pixels.length != (long) window.width() * window.height()) {
      throw AvocetException.invalidArgument(
          "mask of %s with %d pixels".formatted(window, pixels.length));
    }
    this.window = window;
    this.pixels = pixels;
  }

  /** Where the mask lies in the upright source picture. */
  public Rect window() {
    return window;
  }

  /** Whether the pixel {@code x, y} of the source picture belongs to the object. */
  public boolean contains(int x, int y) {
    int column = x - window.x();
    int row = y - window.y();
    return column >= 0
        && row >= 0
        && column < window.width()
        && row < window.height()
        && pixels[row * window.width() + column] != 0;
  }

  /** The pixels, row by row, 0 or 255; read only, no copy. */
  public ByteBuffer pixels() {
    return ByteBuffer.wrap(pixels).asReadOnlyBuffer();
  }

  /**
   * The pixels as lengths of runs, row by row from the upper left of the window, that are in turn
   * outside and inside of the object, beginning with outside, so that the first may be 0. They add
   * up to the window's pixels.
   */
  public int[] runs() {
    int[] runs = new int[16];
    int count = 0;
    int start = 0;
    boolean inside = false;
    for (int i = 0; i <= pixels.length; i++) {
      if (i == pixels.length || (pixels[i] != 0) != inside) {
        if (count == runs.length) {
          runs = Arrays.copyOf(runs, 2 * count);
        }
        runs[count++] = i - start;
        start = i;
        inside = !inside;
      }
    }
    return Arrays.copyOf(runs, count);
  }

  /** The same pixels in another place. */
  public Mask movedBy(int dx, int dy) {
    Rect moved = new Rect(window.x() + dx, window.y() + dy, window.width(), window.height());
    return new Mask(moved, pixels);
  }

  @Override
  public String toString() {
    return "Mask " + window;
  }
}
