package dev.avocet.preprocess.internal;

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

  @Override
  public void close() {
    if (mat != null) {
      mat.close();
      mat = null;
    }
  }
}
