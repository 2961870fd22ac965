package dev.avocet;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rotation;
import java.nio.ByteBuffer;

/** A BGR picture of even size, stored in other ways. */
final class Repacked {
  private final Image bgr;
  private final ByteBuffer pixels;
  private final int stride;

  private Repacked(Image bgr) {
    this.bgr = bgr;
    this.pixels = bgr.plane(0);
    this.stride = bgr.planes().get(0).stride();
  }

  /** As a camera that was turned stores it: {@code tag} makes it upright again. */
  static Image turned(Image bgr, Rotation tag) {
    Repacked source = new Repacked(bgr);
    boolean swaps = tag.swapsAxes();
    int width = swaps ? bgr.height() : bgr.width();
    int height = swaps ? bgr.width() : bgr.height();
    Image stored = Image.allocate(PixelFormat.BGR, width, height);
    ByteBuffer to = stored.plane(0);
    for (int v = 0; v < height; v++) {
      for (int u = 0; u < width; u++) {
        int from =
            switch (tag) {
              case NONE -> source.at(u, v);
              case CLOCKWISE_90 -> source.at(height - 1 - v, u);
              case HALF -> source.at(width - 1 - u, height - 1 - v);
              case COUNTERCLOCKWISE_90 -> source.at(v, width - 1 - u);
            };
        for (int c = 0; c < 3; c++) {
          int at = v * stored.planes().get(0).stride() + 3 * u + c;
          to.put(at, source.pixels.get(from + c));
        }
      }
    }
    return stored;
  }

  private int at(int x, int y) {
    return y * stride + 3 * x;
  }

  /** In another format, GRAY16 aside; YUV is BT.601 in limited range, GRAY8 is the red channel. */
  static Image as(PixelFormat format, Image bgr) {
    Repacked source = new Repacked(bgr);
    Image image = Image.allocate(format, bgr.width(), bgr.height());
    switch (format) {
      case NV12 -> {
        source.luma(image, 1);
        source.chroma(image, 1, 0, 2, 2, true);
        source.chroma(image, 1, 1, 2, 2, false);
      }
      case NV21 -> {
        source.luma(image, 1);
        source.chroma(image, 1, 1, 2, 2, true);
        source.chroma(image, 1, 0, 2, 2, false);
      }
      case I420 -> {
        source.luma(image, 1);
        source.chroma(image, 1, 0, 1, 2, true);
        source.chroma(image, 2, 0, 1, 2, false);
      }
      case YUYV -> {
        source.luma(image, 2);
        source.chroma(image, 0, 1, 4, 1, true);
        source.chroma(image, 0, 3, 4, 1, false);
      }
      default -> source.packed(image);
    }
    return image;
  }

  private void packed(Image image) {
    PixelFormat format = image.format();
    boolean blueFirst = format == PixelFormat.BGR || format == PixelFormat.BGRA;
    int bytes = format.bytesPerPixel();
    ByteBuffer to = image.plane(0);
    for (int y = 0; y < bgr.height(); y++) {
      int row = y * image.planes().get(0).stride();
      for (int x = 0; x < bgr.width(); x++) {
        for (int c = 0; c < bytes; c++) {
          byte value = c == 3 ? 77 : pixels.get(at(x, y) + (blueFirst ? c : 2 - c));
          to.put(row + x * bytes + c, value);
        }
      }
    }
  }

  private void luma(Image image, int step) {
    ByteBuffer to = image.plane(0);
    for (int y = 0; y < bgr.height(); y++) {
      int row = y * image.planes().get(0).stride();
      for (int x = 0; x < bgr.width(); x++) {
        double value = 16 + mean(x, y, 1, 1, 65.738, 129.057, 25.064) / 256;
        to.put(row + x * step, (byte) Math.round(value));
      }
    }
  }

  /**
   * One value for two columns and {@code rows} rows, every {@code step} bytes from {@code first}.
   */
  private void chroma(Image image, int plane, int first, int step, int rows, boolean blue) {
    ByteBuffer to = image.plane(plane);
    int stride = image.planes().get(plane).stride();
    for (int y = 0; y < bgr.height(); y += rows) {
      for (int x = 0; x < bgr.width(); x += 2) {
        double value =
            blue
                ? mean(x, y, 2, rows, -37.945, -74.494, 112.439)
                : mean(x, y, 2, rows, 112.439, -94.154, -18.285);
        to.put(y / rows * stride + first + x / 2 * step, (byte) Math.round(128 + value / 256));
      }
    }
  }

  /** The mean of {@code columns x rows} pixels, weighted by colour. */
  private double mean(int x, int y, int columns, int rows, double red, double green, double blue) {
    double sum = 0;
    for (int i = 0; i < columns * rows; i++) {
      int at = at(x + i % columns, y + i / columns);
      sum += blue * (pixels.get(at) & 0xff);
      sum += green * (pixels.get(at + 1) & 0xff);
      sum += red * (pixels.get(at + 2) & 0xff);
    }
    return sum / (columns * rows);
  }
}
