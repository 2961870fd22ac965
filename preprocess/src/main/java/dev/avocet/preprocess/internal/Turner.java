package dev.avocet.preprocess.internal;

import static org.bytedeco.opencv.global.opencv_core.ROTATE_180;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_CLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_COUNTERCLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.rotate;
import static org.bytedeco.opencv.global.opencv_core.transpose;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2BGRA;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Turns pictures upright. OpenCV is slow at mirroring columns of one or three channels: three get a
 * fourth first, and of one the rows are mirrored instead (see this module's README). Confined to
 * one thread; owns its scratch memory.
 */
final class Turner implements AutoCloseable {
  private static final int ROWS = 0;

  private final Mat prepared = new Mat();
  private final Mat turned = new Mat();

  /** The format that {@link #turn} gives. */
  static PixelFormat formatOf(PixelFormat format, Rotation rotation) {
    if (!needsFourth(rotation)) {
      return format;
    }
    return switch (format) {
      case BGR -> PixelFormat.BGRA;
      case RGB -> PixelFormat.RGBA;
      default -> format;
    };
  }

  private static boolean needsFourth(Rotation rotation) {
    return rotation == Rotation.CLOCKWISE_90 || rotation == Rotation.HALF;
  }

  /** The stored pixels that a window of the upright picture comes from. */
  static Rect stored(Image image, Rect upright) {
    Rotation back =
        switch (image.rotation()) {
          case CLOCKWISE_90 -> Rotation.COUNTERCLOCKWISE_90;
          case COUNTERCLOCKWISE_90 -> Rotation.CLOCKWISE_90;
          default -> image.rotation();
        };
    return turned(upright, image.uprightWidth(), image.uprightHeight(), back);
  }

  /** Where a part of a picture of {@code width x height} lies once that is turned. */
  static Rect turned(Rect part, int width, int height, Rotation rotation) {
    int right = width - part.x() - part.width();
    int below = height - part.y() - part.height();
    return switch (rotation) {
      case NONE -> part;
      case CLOCKWISE_90 -> new Rect(below, part.x(), part.height(), part.width());
      case HALF -> new Rect(right, below, part.width(), part.height());
      case COUNTERCLOCKWISE_90 -> new Rect(part.y(), right, part.height(), part.width());
    };
  }

  /** Turns an 8-bit picture of one to four channels; the answer is valid until the next call. */
  Mat turn(Mat picture, Rotation rotation) {
    if (rotation == Rotation.NONE) {
      return picture;
    }
    Mat from = picture;
    if (picture.channels() == 3 && needsFourth(rotation)) {
      cvtColor(picture, prepared, COLOR_BGR2BGRA);
      from = prepared;
    }
    switch (rotation) {
      case CLOCKWISE_90 -> {
        if (from.channels() == 1) {
          flip(from, prepared, ROWS);
          transpose(prepared, turned);
        } else {
          rotate(from, turned, ROTATE_90_CLOCKWISE);
        }
      }
      case COUNTERCLOCKWISE_90 -> rotate(from, turned, ROTATE_90_COUNTERCLOCKWISE);
      default -> rotate(from, turned, ROTATE_180);
    }
    return turned;
  }

  @Override
  public void close() {
    prepared.close();
    turned.close();
  }
}
