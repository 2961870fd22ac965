package dev.avocet.net.tensorrt;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.internal.ResizeTaps;
import dev.avocet.core.preprocess.AffinePass;

/**
 * What the passes of a call read of one picture, and where it is copied to. One thread at a time.
 */
final class PassPicture {
  /** Rows begin at multiples of it. */
  private static final int ALIGNMENT = 16;

  private final Image image;
  // Of the stored pixels: what is read, right and bottom outside of it.
  private int left;
  private int top;
  private int right;
  private int bottom;
  private int planes;
  private final long[] offsets = new long[3];
  private final int[] strides = new int[3];

  PassPicture(Image image) {
    this.image = image;
    this.left = image.width();
    this.top = image.height();
  }

  /** Whether another picture is a view of the same pixels, however it is turned. */
  boolean shows(Image other) {
    return image == other
        || (image.planes().get(0).address() == other.planes().get(0).address()
            && image.format() == other.format()
            && image.width() == other.width()
            && image.height() == other.height()
            && image.planes().equals(other.planes()));
  }

  /** Adds what a pass reads of a view of it. */
  void include(AffinePass pass, Image view) {
    Rect read = stored(read(pass), view);
    PixelFormat format = image.format();
    int even = format.subsampled() ? 1 : 0;
    left = Math.min(left, read.x() & ~even);
    top = Math.min(top, read.y() & ~even);
    // Sizes of these formats are even, so this stays inside.
    right = Math.max(right, (read.x() + read.width() + even) & ~even);
    bottom = Math.max(bottom, Math.min(image.height(), (read.y() + read.height() + even) & ~even));
    boolean grey = pass.colour() == PixelFormat.GRAY8;
    planes = Math.max(planes, grey ? 1 : format.planes());
  }

  /** The part of a pass's window that its kept part looks at, at least. */
  private static Rect read(AffinePass pass) {
    Rect source = pass.source();
    Rect kept = pass.kept();
    int margin = ResizeTaps.count(pass.interpolation());
    int x = before(kept.x(), pass.resizedWidth(), source.width(), margin);
    int y = before(kept.y(), pass.resizedHeight(), source.height(), margin);
    int endX = behind(kept.x() + kept.width(), pass.resizedWidth(), source.width(), margin);
    int endY = behind(kept.y() + kept.height(), pass.resizedHeight(), source.height(), margin);
    return new Rect(source.x() + x, source.y() + y, endX - x, endY - y);
  }

  private static int before(int position, int resized, int size, int margin) {
    return (int) Math.max(0, (long) position * size / resized - margin);
  }

  private static int behind(int position, int resized, int size, int margin) {
    return (int) Math.min(size, ((long) position * size - 1) / resized + 1 + margin);
  }

  /** A rectangle of the upright view in stored pixels. */
  private static Rect stored(Rect upright, Image view) {
    int w = upright.width();
    int h = upright.height();
    return switch (view.rotation()) {
      case NONE -> upright;
      case CLOCKWISE_90 -> new Rect(upright.y(), view.height() - upright.x() - w, h, w);
      case HALF -> new Rect(view.width() - upright.x() - w, view.height() - upright.y() - h, w, h);
      case COUNTERCLOCKWISE_90 -> new Rect(view.width() - upright.y() - h, upright.x(), h, w);
    };
  }

  /**
   * Lays it out. Rows of which most is read are copied as they lie, gaps and all, in one go.
   *
   * @return where it ends
   */
  long place(long start) {
    long end = start;
    for (int p = 0; p < planes; p++) {
      offsets[p] = end;
      int row = rowBytes(p);
      int stride = image.planes().get(p).stride();
      boolean asItLies = 4L * row >= 3L * stride;
      strides[p] = asItLies ? stride : (row + ALIGNMENT - 1) & -ALIGNMENT;
      end += (long) strides[p] * (rows(p) - 1) + row;
      end = (end + ALIGNMENT - 1) & -ALIGNMENT;
    }
    return end;
  }

  /** Copies it to where it was placed. */
  void copy(PassStaging staging) {
    PixelFormat format = image.format();
    for (int p = 0; p < planes; p++) {
      Image.Plane plane = image.planes().get(p);
      long from =
          plane.address() + (long) format.rows(p, top) * plane.stride() + format.rowBytes(p, left);
      staging.copy(from, plane.stride(), offsets[p], strides[p], rowBytes(p), rows(p));
    }
  }

  private int rowBytes(int plane) {
    return image.format().rowBytes(plane, right - left);
  }

  private int rows(int plane) {
    return image.format().rows(plane, bottom - top);
  }

  /** Stored column that is copied first. */
  int left() {
    return left;
  }

  /** Stored row that is copied first. */
  int top() {
    return top;
  }

  /** Where a plane is copied to. */
  long offset(int plane) {
    return offsets[plane];
  }

  /** Bytes from row to row where it is copied to. */
  int stride(int plane) {
    return strides[plane];
  }
}
