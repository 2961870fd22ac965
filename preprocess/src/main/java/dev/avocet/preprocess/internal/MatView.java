package dev.avocet.preprocess.internal;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A {@code Mat} header over memory that somebody else owns. It is pointed elsewhere from call to
 * call, which allocates nothing as long as size, type and stride stay. Confined to one thread.
 */
final class MatView implements AutoCloseable {
  private static final class Address extends BytePointer {
    void set(long to) {
      address = to;
    }
  }

  private final Address data = new Address();
  private Mat mat;
  private int rows;
  private int cols;
  private int type;
  private long stride;

  /** The header, now over this memory; valid until the next call. {@code stride} in bytes. */
  Mat at(long address, int rows, int cols, int type, long stride) {
    boolean moved = data.address() != address;
    data.set(address);
    if (mat == null
        || rows != this.rows
        || cols != this.cols
        || type != this.type
        || stride != this.stride) {
      close();
      mat = new Mat(rows, cols, type, data, stride);
      this.rows = rows;
      this.cols = cols;
      this.type = type;
      this.stride = stride;
    } else if (moved) {
      mat.data(data);
    }
    return mat;
  }

  /** The header, now over a part of a matrix. */
  Mat at(Mat whole, Rect part) {
    if (part.width() == whole.cols() && part.height() == whole.rows()) {
      return whole;
    }
    long stride = whole.step();
    long address = whole.data().address() + part.y() * stride + part.x() * whole.elemSize();
    return at(address, part.height(), part.width(), whole.type(), stride);
  }

  /**
   * The header, now over a part of a plane of a picture, with a byte a channel: GRAY16 and YUYV
   * have two. Chroma planes of NV12 and NV21 have two at half size, those of I420 one.
   *
   * @param part in stored pixels; with even edges for a plane of half size
   */
  Mat at(Image image, int index, Rect part) {
    PixelFormat format = image.format();
    int share = index == 0 ? 1 : 2;
    int channels = index > 0 && format != PixelFormat.I420 ? 2 : format.bytesPerPixel();
    Image.Plane plane = image.planes().get(index);
    long row = (long) (part.y() / share) * plane.stride();
    long address = plane.address() + row + (long) (part.x() / share) * channels;
    return at(
        address, part.height() / share, part.width() / share, CV_8UC(channels), plane.stride());
  }

  @Override
  public void close() {
    if (mat != null) {
      mat.close();
      mat = null;
    }
  }
}
