package dev.avocet.preprocess.internal;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Pixels of any picture, upright, one by one. Colours are converted as by OpenCV's {@code
 * cvtColor}: BT.601 in limited range for YUV (20-bit fixed point), 0.299 R + 0.587 G + 0.114 B for
 * grey (15-bit); of 16-bit grey the upper byte counts, of YUV as grey the Y.
 */
final class PlainSource {
  private static final int GREY_BITS = 15;
  private static final int GREY_RED = 9798;
  private static final int GREY_GREEN = 19235;
  private static final int GREY_BLUE = 3735;

  private static final int YUV_BITS = 20;
  private static final int YUV_HALF = 1 << (YUV_BITS - 1);
  private static final int Y_SCALE = 1220542;
  private static final int V_TO_RED = 1673527;
  private static final int V_TO_GREEN = -852492;
  private static final int U_TO_GREEN = -409993;
  private static final int U_TO_BLUE = 2116026;

  private static final int HIGH_BYTE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1 : 0;

  private final Image image;
  private final PixelFormat format;
  private final ByteBuffer[] planes;
  private final int[] strides;
  private int red;
  private int green;
  private int blue;

  private PlainSource(Image image) {
    this.image = image;
    this.format = image.format();
    int count = format.planes();
    planes = new ByteBuffer[count];
    strides = new int[count];
    for (int i = 0; i < count; i++) {
      planes[i] = image.plane(i);
      strides[i] = image.planes().get(i).stride();
    }
  }

  /** Reads a window of the upright picture as interleaved {@code colour} (BGR, RGB or GRAY8). */
  static byte[] read(Image image, Rect window, PixelFormat colour) {
    PlainSource source = new PlainSource(image);
    byte[] pixels = new byte[window.width() * window.height() * colour.channels()];
    int to = 0;
    for (int y = window.y(); y < window.y() + window.height(); y++) {
      for (int x = window.x(); x < window.x() + window.width(); x++) {
        if (colour == PixelFormat.GRAY8) {
          pixels[to++] = (byte) source.grey(source.storedX(x, y), source.storedY(x, y));
        } else {
          source.load(source.storedX(x, y), source.storedY(x, y));
          pixels[to++] = (byte) (colour == PixelFormat.BGR ? source.blue : source.red);
          pixels[to++] = (byte) source.green;
          pixels[to++] = (byte) (colour == PixelFormat.BGR ? source.red : source.blue);
        }
      }
    }
    return pixels;
  }

  private int storedX(int x, int y) {
    return switch (image.rotation()) {
      case NONE -> x;
      case CLOCKWISE_90 -> y;
      case HALF -> image.width() - 1 - x;
      case COUNTERCLOCKWISE_90 -> image.width() - 1 - y;
    };
  }

  private int storedY(int x, int y) {
    return switch (image.rotation()) {
      case NONE -> y;
      case CLOCKWISE_90 -> image.height() - 1 - x;
      case HALF -> image.height() - 1 - y;
      case COUNTERCLOCKWISE_90 -> x;
    };
  }

  private int at(int plane, int x, int y) {
    return planes[plane].get(y * strides[plane] + x) & 0xff;
  }

  private int grey(int x, int y) {
    return switch (format) {
      case GRAY8, NV12, NV21, I420 -> at(0, x, y);
      case GRAY16 -> at(0, 2 * x + HIGH_BYTE, y);
      case YUYV -> at(0, 2 * x, y);
      case BGR, RGB, BGRA, RGBA -> {
        load(x, y);
        int sum = red * GREY_RED + green * GREY_GREEN + blue * GREY_BLUE;
        yield (sum + (1 << (GREY_BITS - 1))) >> GREY_BITS;
      }
    };
  }

  private void load(int x, int y) {
    int first = x * format.bytesPerPixel();
    switch (format) {
      case BGR, BGRA -> set(at(0, first + 2, y), at(0, first + 1, y), at(0, first, y));
      case RGB, RGBA -> set(at(0, first, y), at(0, first + 1, y), at(0, first + 2, y));
      case GRAY8, GRAY16 -> {
        int grey = grey(x, y);
        set(grey, grey, grey);
      }
      case NV12 -> yuv(at(0, x, y), at(1, x & ~1, y / 2), at(1, x | 1, y / 2));
      case NV21 -> yuv(at(0, x, y), at(1, x | 1, y / 2), at(1, x & ~1, y / 2));
      case I420 -> yuv(at(0, x, y), at(1, x / 2, y / 2), at(2, x / 2, y / 2));
      case YUYV -> {
        int pair = (x & ~1) * 2;
        yuv(at(0, 2 * x, y), at(0, pair + 1, y), at(0, pair + 3, y));
      }
    }
  }

  private void yuv(int y, int u, int v) {
    int luma = Math.max(0, y - 16) * Y_SCALE + YUV_HALF;
    set(
        clamp((luma + V_TO_RED * (v - 128)) >> YUV_BITS),
        clamp((luma + V_TO_GREEN * (v - 128) + U_TO_GREEN * (u - 128)) >> YUV_BITS),
        clamp((luma + U_TO_BLUE * (u - 128)) >> YUV_BITS));
  }

  private void set(int red, int green, int blue) {
    this.red = red;
    this.green = green;
    this.blue = blue;
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
