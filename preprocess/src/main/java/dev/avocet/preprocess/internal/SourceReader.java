package dev.avocet.preprocess.internal;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;
import static org.bytedeco.opencv.global.opencv_core.merge;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGRA_NV12;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGRA_NV21;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGRA_YUY2;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGR_NV12;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGR_NV21;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGR_YUY2;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColorTwoPlane;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/**
 * Gives a window of any picture as a packed 8-bit {@code Mat}: without a copy where it is packed,
 * YUV as BGR, or as BGRA where it will have to be turned. Confined to one thread; owns its scratch
 * memory.
 */
final class SourceReader implements AutoCloseable {
  private final MatView luma = new MatView();
  private final MatView[] chroma = {new MatView(), new MatView()};
  private final MatView destination = new MatView();
  private final MatView part = new MatView();
  private final Mat merged = new Mat();
  private final Mat packed = new Mat();
  private final MatVector chromaPlanes = new MatVector(2);
  private final Turner turner = new Turner();
  private PixelFormat format;

  /**
   * The format of what was read last: packed, or YUYV where grey was wanted. GRAY16 and that YUYV
   * are left with two channels, of which {@link Cv#greyChannel} counts: what follows is cheaper
   * than taking it out.
   */
  PixelFormat format() {
    return format;
  }

  /**
   * Reads a window as it is stored; valid until the next call.
   *
   * @param window in stored pixels
   * @param needed part of the window that will be looked at; the rest may hold anything
   * @param grey whether grey is wanted in the end
   */
  Mat read(Image image, Rect window, Rect needed, boolean grey) {
    PixelFormat stored = image.format();
    if (grey || !stored.subsampled()) {
      boolean planar = stored.planes() > 1;
      format = planar ? PixelFormat.GRAY8 : stored;
      return luma.at(image, 0, window);
    }
    boolean four = image.rotation() != Rotation.NONE;
    format = four ? PixelFormat.BGRA : PixelFormat.BGR;
    boolean rows = stored != PixelFormat.YUYV;
    Rect whole = even(window, rows);
    Rect some = even(needed, rows);
    packed.create(whole.height(), whole.width(), four ? CV_8UC4 : CV_8UC3);
    Mat to = destination.at(packed, within(some, whole));
    Mat from = luma.at(image, 0, some);
    switch (stored) {
      case YUYV -> cvtColor(from, to, four ? COLOR_YUV2BGRA_YUY2 : COLOR_YUV2BGR_YUY2);
      case NV21 -> {
        int code = four ? COLOR_YUV2BGRA_NV21 : COLOR_YUV2BGR_NV21;
        cvtColorTwoPlane(from, chroma[0].at(image, 1, some), to, code);
      }
      default -> {
        int code = four ? COLOR_YUV2BGRA_NV12 : COLOR_YUV2BGR_NV12;
        cvtColorTwoPlane(from, blueFirst(image, some), to, code);
      }
    }
    return part.at(packed, within(window, whole));
  }

  /** Reads a window and turns it upright; valid until the next call. */
  Mat readUpright(Image image, Rect window, boolean grey) {
    Mat picture = turner.turn(read(image, window, window, grey), image.rotation());
    format = Turner.formatOf(format, image.rotation());
    return picture;
  }

  /** The chroma of NV12 or I420 as two channels. */
  private Mat blueFirst(Image image, Rect window) {
    Mat first = chroma[0].at(image, 1, window);
    if (image.format() == PixelFormat.NV12) {
      return first;
    }
    // OpenCV takes three planes only where they lie one after the other without gaps.
    chromaPlanes.put(0, first);
    chromaPlanes.put(1, chroma[1].at(image, 2, window));
    merge(chromaPlanes, merged);
    return merged;
  }

  /** The smallest rectangle around {@code part} that splits no pair of pixels, or of rows. */
  private static Rect even(Rect part, boolean rows) {
    int x = part.x() & ~1;
    int y = rows ? part.y() & ~1 : part.y();
    int right = (part.x() + part.width() + 1) & ~1;
    int bottom = part.y() + part.height();
    return new Rect(x, y, right - x, (rows ? (bottom + 1) & ~1 : bottom) - y);
  }

  private static Rect within(Rect part, Rect whole) {
    return new Rect(part.x() - whole.x(), part.y() - whole.y(), part.width(), part.height());
  }

  @Override
  public void close() {
    luma.close();
    for (MatView plane : chroma) {
      plane.close();
    }
    destination.close();
    part.close();
    merged.close();
    packed.close();
    chromaPlanes.close();
    turner.close();
  }
}
