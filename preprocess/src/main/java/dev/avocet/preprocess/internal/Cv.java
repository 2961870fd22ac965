package dev.avocet.preprocess.internal;

import static org.bytedeco.opencv.global.opencv_core.BORDER_CONSTANT;
import static org.bytedeco.opencv.global.opencv_core.BORDER_REFLECT;
import static org.bytedeco.opencv.global.opencv_core.BORDER_REFLECT_101;
import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGRA2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGRA2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGRA2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGBA2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LANCZOS4;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_NEAREST;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.PadMode;
import java.nio.ByteOrder;

/** OpenCV's numbers for our names. */
final class Cv {
  /** {@link #conversion} where there is nothing to convert. */
  static final int SAME = -1;

  private static final int HIGH_BYTE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1 : 0;

  private Cv() {}

  static int interpolation(Interpolation interpolation) {
    return switch (interpolation) {
      case NEAREST -> INTER_NEAREST;
      case BILINEAR -> INTER_LINEAR;
      case AREA -> INTER_AREA;
      case BICUBIC -> INTER_CUBIC;
      case LANCZOS -> INTER_LANCZOS4;
    };
  }

  static int border(PadMode mode) {
    return switch (mode) {
      case CONSTANT -> BORDER_CONSTANT;
      case EDGE -> BORDER_REPLICATE;
      case REFLECT -> BORDER_REFLECT_101;
      case SYMMETRIC -> BORDER_REFLECT;
    };
  }

  static int depth(DataType type) {
    return type == DataType.UINT8 ? CV_8U : CV_32F;
  }

  /** Which byte of a pixel holds the grey of a format with one or two bytes. */
  static int greyChannel(PixelFormat format) {
    return format == PixelFormat.GRAY16 ? HIGH_BYTE : 0;
  }

  /** The code that makes {@code to} (BGR, RGB or GRAY8) of a packed 8-bit format. */
  static int conversion(PixelFormat from, PixelFormat to) {
    if (from == to) {
      return SAME;
    }
    if (to == PixelFormat.GRAY8) {
      return switch (from) {
        case BGR -> COLOR_BGR2GRAY;
        case RGB -> COLOR_RGB2GRAY;
        case BGRA -> COLOR_BGRA2GRAY;
        case RGBA -> COLOR_RGBA2GRAY;
        default -> throw noConversion(from, to);
      };
    }
    boolean redFirst = to == PixelFormat.RGB;
    return switch (from) {
      case GRAY8 -> COLOR_GRAY2BGR;
      case BGR, RGB -> COLOR_BGR2RGB;
      case BGRA -> redFirst ? COLOR_BGRA2RGB : COLOR_BGRA2BGR;
      case RGBA -> redFirst ? COLOR_BGRA2BGR : COLOR_BGRA2RGB;
      default -> throw noConversion(from, to);
    };
  }

  private static AvocetException noConversion(PixelFormat from, PixelFormat to) {
    return AvocetException.notSupported("pixels of " + from + " as " + to);
  }
}
