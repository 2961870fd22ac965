package dev.avocet.preprocess.internal;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC2;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_180;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_CLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_COUNTERCLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.extractChannel;
import static org.bytedeco.opencv.global.opencv_core.merge;
import static org.bytedeco.opencv.global.opencv_core.rotate;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGR_NV12;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGR_NV21;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGR_YUY2;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2RGB_NV12;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2RGB_NV21;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2RGB_YUY2;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColorTwoPlane;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import java.nio.ByteOrder;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/**
 * Gives a window of any picture, upright, as a packed 8-bit {@code Mat}, without a copy where the
 * picture is stored so. Confined to one thread; owns its scratch memory.
 */
final class SourceReader implements AutoCloseable {
  private static final int HIGH_BYTE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1 : 0;

  private final MatView[] planes = {new MatView(), new MatView(), new MatView()};
  private final MatView part = new MatView();
  private final Mat packed = new Mat();
  private final Mat chroma = new Mat();
  private final Mat turned = new Mat();
  private final MatVector chromaPlanes = new MatVector(2);

  /** The format that {@link #read} gives for pixels stored as {@code stored}. */
  static PixelFormat formatOf(PixelFormat stored, PixelFormat colour) {
    return switch (stored) {
      case BGR, RGB, BGRA, RGBA, GRAY8 -> stored;
      case GRAY16 -> PixelFormat.GRAY8;
      case NV12, NV21, I420, YUYV -> colour;
    };
  }

  /**
   * Reads a window of the upright picture; valid until the next call.
   *
   * @param colour what is wanted in the end: decides what YUV becomes
   */
  Mat read(Image image, Rect window, PixelFormat colour) {
    Rect stored = stored(image, window);
    Mat mat =
        switch (image.format()) {
          case BGR, RGB -> plane(image, 0, stored, CV_8UC3);
          case BGRA, RGBA -> plane(image, 0, stored, CV_8UC4);
          case GRAY8 -> plane(image, 0, stored, CV_8UC1);
          case GRAY16 -> channel(plane(image, 0, stored, CV_8UC2), HIGH_BYTE);
          case NV12, NV21, I420 ->
              colour == PixelFormat.GRAY8
                  ? plane(image, 0, stored, CV_8UC1)
                  : fromPlanarYuv(image, stored, colour == PixelFormat.RGB);
          case YUYV -> fromYuyv(image, stored, colour);
        };
    if (image.rotation() == Rotation.NONE) {
      return mat;
    }
    rotate(mat, turned, code(image.rotation()));
    return turned;
  }

  /** The stored pixels that a window of the upright picture comes from. */
  static Rect stored(Image image, Rect upright) {
    int right = upright.x() + upright.width();
    int bottom = upright.y() + upright.height();
    return switch (image.rotation()) {
      case NONE -> upright;
      case CLOCKWISE_90 ->
          new Rect(upright.y(), image.height() - right, upright.height(), upright.width());
      case HALF ->
          new Rect(
              image.width() - right, image.height() - bottom, upright.width(), upright.height());
      case COUNTERCLOCKWISE_90 ->
          new Rect(image.width() - bottom, upright.x(), upright.height(), upright.width());
    };
  }

  private static int code(Rotation rotation) {
    return switch (rotation) {
      case CLOCKWISE_90 -> ROTATE_90_CLOCKWISE;
      case COUNTERCLOCKWISE_90 -> ROTATE_90_COUNTERCLOCKWISE;
      default -> ROTATE_180;
    };
  }

  private Mat plane(Image image, int index, Rect part, int type) {
    Image.Plane plane = image.planes().get(index);
    long address =
        plane.address()
            + (long) part.y() * plane.stride()
            + image.format().rowBytes(index, part.x());
    return planes[index].at(address, part.height(), part.width(), type, plane.stride());
  }

  private Mat channel(Mat mat, int channel) {
    extractChannel(mat, packed, channel);
    return packed;
  }

  private Mat fromPlanarYuv(Image image, Rect stored, boolean redFirst) {
    Rect even = even(stored, true);
    Rect half = new Rect(even.x() / 2, even.y() / 2, even.width() / 2, even.height() / 2);
    Mat luma = plane(image, 0, even, CV_8UC1);
    Mat colours;
    if (image.format() == PixelFormat.I420) {
      chromaPlanes.put(0, chroma(image, 1, half));
      chromaPlanes.put(1, chroma(image, 2, half));
      merge(chromaPlanes, chroma);
      colours = chroma;
    } else {
      colours = chroma(image, 1, half);
    }
    boolean blueFirst = image.format() != PixelFormat.NV21;
    int toRgb = blueFirst ? COLOR_YUV2RGB_NV12 : COLOR_YUV2RGB_NV21;
    int toBgr = blueFirst ? COLOR_YUV2BGR_NV12 : COLOR_YUV2BGR_NV21;
    cvtColorTwoPlane(luma, colours, packed, redFirst ? toRgb : toBgr);
    return within(even, stored);
  }

  private Mat chroma(Image image, int index, Rect half) {
    boolean single = image.format() == PixelFormat.I420;
    Image.Plane plane = image.planes().get(index);
    long address =
        plane.address() + (long) half.y() * plane.stride() + (long) half.x() * (single ? 1 : 2);
    int type = single ? CV_8UC1 : CV_8UC2;
    return planes[index].at(address, half.height(), half.width(), type, plane.stride());
  }

  private Mat fromYuyv(Image image, Rect stored, PixelFormat colour) {
    if (colour == PixelFormat.GRAY8) {
      return channel(plane(image, 0, stored, CV_8UC2), 0);
    }
    Rect even = even(stored, false);
    Mat pairs = plane(image, 0, even, CV_8UC2);
    boolean redFirst = colour == PixelFormat.RGB;
    cvtColor(pairs, packed, redFirst ? COLOR_YUV2RGB_YUY2 : COLOR_YUV2BGR_YUY2);
    return within(even, stored);
  }

  /** The smallest rectangle around {@code part} that splits no pair of pixels, or of rows. */
  private static Rect even(Rect part, boolean rows) {
    int x = part.x() & ~1;
    int y = rows ? part.y() & ~1 : part.y();
    int right = (part.x() + part.width() + 1) & ~1;
    int bottom = part.y() + part.height();
    return new Rect(x, y, right - x, (rows ? (bottom + 1) & ~1 : bottom) - y);
  }

  private Mat within(Rect whole, Rect wanted) {
    if (whole.equals(wanted)) {
      return packed;
    }
    long stride = packed.step();
    int x = wanted.x() - whole.x();
    int y = wanted.y() - whole.y();
    long address = packed.data().address() + y * stride + x * 3L;
    return part.at(address, wanted.height(), wanted.width(), CV_8UC3, stride);
  }

  @Override
  public void close() {
    for (MatView plane : planes) {
      plane.close();
    }
    part.close();
    packed.close();
    chroma.close();
    turned.close();
    chromaPlanes.close();
  }
}
