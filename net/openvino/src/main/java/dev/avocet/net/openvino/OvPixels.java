package dev.avocet.net.openvino;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.bytedeco.openvino.global.openvino;

/** How pictures are given to a network that begins with their preprocessing. */
enum OvPixels {
  BGR(openvino.BGR, 3),
  RGB(openvino.RGB, 3),
  BGRX(openvino.BGRX, 4),
  RGBX(openvino.RGBX, 4),
  NV12(openvino.NV12_SINGLE_PLANE, 1),
  I420(openvino.I420_SINGLE_PLANE, 1),
  /** One channel, which no conversion is made of. */
  GREY(0, 1);

  /** Black of limited range in every byte. */
  private static final long BLACK = 0x1010101010101010L;

  private static final long LOWEST_BITS = 0x0101010101010101L;

  /** OpenVINO's number, or 0. */
  final int code;

  private final int channels;

  OvPixels(int code, int channels) {
    this.code = code;
    this.channels = channels;
  }

  /**
   * What pictures are given as, or empty where the engine lacks a conversion.
   *
   * @param colour what a pass asks for; grey of YUV is its Y
   */
  static Optional<OvPixels> of(PixelFormat stored, PixelFormat colour) {
    boolean grey = colour == PixelFormat.GRAY8;
    return switch (stored) {
      case BGR -> grey ? Optional.empty() : Optional.of(BGR);
      case RGB -> grey ? Optional.empty() : Optional.of(RGB);
      case BGRA -> grey ? Optional.empty() : Optional.of(BGRX);
      case RGBA -> grey ? Optional.empty() : Optional.of(RGBX);
      case NV12 -> Optional.of(grey ? GREY : NV12);
      case I420 -> Optional.of(grey ? GREY : I420);
      case NV21 -> grey ? Optional.of(GREY) : Optional.empty();
      case GRAY8 -> grey ? Optional.of(GREY) : Optional.empty();
      case GRAY16, YUYV -> Optional.empty();
    };
  }

  /** Whether windows need even edges. */
  boolean subsampled() {
    return this == NV12 || this == I420;
  }

  /** Shape of the UINT8 tensor that holds a window. */
  Shape shape(int width, int height) {
    return subsampled()
        ? Shape.of(1, height * 3L / 2, width, 1)
        : Shape.of(1, height, width, channels);
  }

  /** Copies a window, rows without padding, planes one after the other. */
  void copy(Image image, Rect window, Tensor target) {
    PixelFormat format = image.format();
    ByteBuffer to = target.bytes();
    int at = 0;
    for (int p = 0; p < (this == GREY ? 1 : format.planes()); p++) {
      ByteBuffer from = image.plane(p);
      int stride = image.planes().get(p).stride();
      int first = format.rows(p, window.y()) * stride + format.rowBytes(p, window.x());
      int row = format.rowBytes(p, window.width());
      int rows = format.rows(p, window.height());
      if (subsampled() && p == 0) {
        for (int y = 0; y < rows; y++, at += row) {
          copyNotBelowBlack(from, first + y * stride, to, at, row);
        }
      } else if (row == stride) {
        to.put(at, from, first, rows * row);
        at += rows * row;
      } else {
        for (int y = 0; y < rows; y++, at += row) {
          to.put(at, from, first + y * stride, row);
        }
      }
    }
  }

  /**
   * Copies luminance. What is below black is black, as in OpenCV's conversion; OpenVINO's would
   * subtract it from the colours.
   */
  private static void copyNotBelowBlack(
      ByteBuffer from, int first, ByteBuffer to, int at, int count) {
    int i = 0;
    for (; i + Long.BYTES <= count; i += Long.BYTES) {
      long eight = from.getLong(first + i);
      // A byte is at least 16 where one of its upper four bits is set.
      long upper = (eight >>> 4 | eight >>> 5 | eight >>> 6 | eight >>> 7) & LOWEST_BITS;
      long keep = upper * 0xff;
      to.putLong(at + i, (eight & keep) | (BLACK & ~keep));
    }
    for (; i < count; i++) {
      to.put(at + i, (byte) Math.max(16, from.get(first + i) & 0xff));
    }
  }
}
