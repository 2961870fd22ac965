package dev.avocet.preprocess.internal;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;
import static org.bytedeco.opencv.global.opencv_core.merge;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGRA_NV12;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGRA_NV21;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGRA_YUY2;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColorTwoPlane;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/**
 * Gives a window of any picture as a packed 8-bit {@code Mat}, as it is stored: without a copy
 * where it is packed, YUV as BGRA. Confined to one thread; owns its scratch memory.
 */
final class SourceReader implements AutoCloseable {
  private final MatView luma = new MatView();
  private final MatView[] chroma = {new MatView(), new MatView()};
  private final MatView destination = new MatView();
  private final MatView part = new MatView();
  private final Mat merged = new Mat();
  private final Mat packed = new Mat();
  private final MatVector chromaPlanes = new MatVector(2);

  /**
   * The format that {@link #read} gives. GRAY16 and, as grey, YUYV stay as they are, with two
   * channels of which {@link Cv#greyChannel} counts: what follows is cheaper than taking it out.
   */
  static PixelFormat formatOf(PixelFormat stored, boolean grey) {
    return switch (stored) {
      case BGR, RGB, BGRA, RGBA, GRAY8, GRAY16 -> stored;
      case NV12, NV21, I420 -> grey ? PixelFormat.GRAY8 : PixelFormat.BGRA;
      case YUYV -> grey ? PixelFormat.YUYV : PixelFormat.BGRA;
    };
  }

  /**
   * Reads a window; valid until the next call.
   *
   * @param window in stored pixels
   * @param needed part of the window that will be looked at; the rest may hold anything
   * @param grey whether grey is wanted in the end
   */
  Mat read(Image image, Rect window, Rect needed, boolean grey) {
    PixelFormat format = image.format();
    if (grey || !format.subsampled()) {
      return luma.at(image, 0, window);
    }
    boolean rows = format != PixelFormat.YUYV;
    Rect whole = even(window, rows);
    Rect some = even(needed, rows);
    packed.create(whole.height(), whole.width(), CV_8UC4);
    Mat to = destination.at(packed, within(some, whole));
    Mat from = luma.at(image, 0, some);
    switch (format) {
      case NV12 -> cvtColorTwoPlane(from, chroma[0].at(image, 1, some), to, COLOR_YUV2BGRA_NV12);
      case NV21 -> cvtColorTwoPlane(from, chroma[0].at(image, 1, some), to, COLOR_YUV2BGRA_NV21);
      case I420 -> {
        // OpenCV takes three planes only where they lie one after the other without gaps.
        chromaPlanes.put(0, chroma[0].at(image, 1, some));
        chromaPlanes.put(1, chroma[1].at(image, 2, some));
        merge(chromaPlanes, merged);
        cvtColorTwoPlane(from, merged, to, COLOR_YUV2BGRA_NV12);
      }
      default -> cvtColor(from, to, COLOR_YUV2BGRA_YUY2);
    }
    return part.at(packed, within(window, whole));
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
  }
}
