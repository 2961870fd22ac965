package dev.avocet.preprocess.internal;

import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import java.nio.ByteBuffer;

/**
 * Bilinear sampling at an affine map's points, black outside: OpenCV's {@code warpAffine} of the
 * 4.x releases up to 4.10 ({@code modules/imgproc/src/imgwarp.cpp}), which the reference runtime is
 * built with, on 8-bit pixels. Points are rounded to 1/32 pixel and weights are whole numbers;
 * later releases compute in float and give other values.
 */
public final class AffineSampler {
  private static final int MAP_BITS = 10;
  private static final int POINT_BITS = 5;
  private static final int STEPS = 1 << POINT_BITS;
  private static final int HALF_STEP = 1 << (MAP_BITS - POINT_BITS - 1);
  private static final int WEIGHT_BITS = 2 * POINT_BITS;
  private static final int HALF_WEIGHT = 1 << (WEIGHT_BITS - 1);

  private final ByteBuffer pixels;
  private final Rect window;
  private final int channels;

  private AffineSampler(ByteBuffer pixels, Rect window, int channels) {
    this.pixels = pixels;
    this.window = window;
    this.channels = channels;
  }

  /**
   * Fills a picture.
   *
   * @param map six numbers, row by row, from a pixel of the patch to a point of the source
   * @param pixels interleaved, rows without padding, of a window of the source
   * @param window where it lies in the source; outside of it is black
   * @param patch GRAY8 or a format of three bytes, as the pixels are
   */
  public static void sample(double[] map, ByteBuffer pixels, Rect window, Image patch) {
    int channels = patch.format().channels();
    AffineSampler sampler = new AffineSampler(pixels, window, channels);
    ByteBuffer target = patch.plane(0);
    for (int y = 0; y < patch.height(); y++) {
      long startX = (long) Math.rint((map[1] * y + map[2]) * (1 << MAP_BITS)) + HALF_STEP;
      long startY = (long) Math.rint((map[4] * y + map[5]) * (1 << MAP_BITS)) + HALF_STEP;
      int to = y * patch.planes().get(0).stride();
      for (int x = 0; x < patch.width(); x++, to += channels) {
        long stepX = (long) Math.rint(map[0] * x * (1 << MAP_BITS));
        long stepY = (long) Math.rint(map[3] * x * (1 << MAP_BITS));
        int pointX = (int) ((startX + stepX) >> (MAP_BITS - POINT_BITS));
        int pointY = (int) ((startY + stepY) >> (MAP_BITS - POINT_BITS));
        for (int c = 0; c < channels; c++) {
          target.put(to + c, (byte) sampler.at(pointX, pointY, c));
        }
      }
    }
  }

  /** The value at a point in 1/32 pixels of the source. */
  private int at(int pointX, int pointY, int channel) {
    int x = (pointX >> POINT_BITS) - window.x();
    int y = (pointY >> POINT_BITS) - window.y();
    int right = pointX & (STEPS - 1);
    int below = pointY & (STEPS - 1);
    int above = (STEPS - right) * pixel(x, y, channel) + right * pixel(x + 1, y, channel);
    int under = (STEPS - right) * pixel(x, y + 1, channel) + right * pixel(x + 1, y + 1, channel);
    return ((STEPS - below) * above + below * under + HALF_WEIGHT) >> WEIGHT_BITS;
  }

  private int pixel(int x, int y, int channel) {
    boolean inside = x >= 0 && y >= 0 && x < window.width() && y < window.height();
    return inside ? pixels.get((y * window.width() + x) * channels + channel) & 0xff : 0;
  }
}
