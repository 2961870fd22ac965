package dev.avocet.core;

/**
 * How the pixels of an {@link Image} are stored. Names give the byte order in memory: {@code BGR}
 * has blue at the lowest address.
 */
public enum PixelFormat {
  BGR(1, 3, 3),
  RGB(1, 3, 3),
  BGRA(1, 4, 4),
  RGBA(1, 4, 4),
  GRAY8(1, 1, 1),
  /** 16 bits a pixel, native byte order, full range 0..65535. */
  GRAY16(1, 2, 1),
  /** Y plane, then interleaved U, V at half width and height. Width and height are even. */
  NV12(2, 1, 3),
  /** Y plane, then interleaved V, U at half width and height. Width and height are even. */
  NV21(2, 1, 3),
  /** Y, U and V planes, the latter two at half width and height. Width and height are even. */
  I420(3, 1, 3),
  /** Packed Y0 U Y1 V: two pixels in four bytes. The width is even. */
  YUYV(1, 2, 3);

  private final int planes;
  private final int bytesPerPixel;
  private final int channels;

  PixelFormat(int planes, int bytesPerPixel, int channels) {
    this.planes = planes;
    this.bytesPerPixel = bytesPerPixel;
    this.channels = channels;
  }

  /** How many planes a picture of this format has: 1 to 3. */
  public int planes() {
    return planes;
  }

  /** Bytes a pixel takes in the first plane. */
  public int bytesPerPixel() {
    return bytesPerPixel;
  }

  /** Channels after conversion to a packed format: 1 for grey, 4 with alpha, else 3. */
  public int channels() {
    return channels;
  }

  /** Whether chroma is stored for pairs of pixels, so that offsets and sizes have to be even. */
  public boolean subsampled() {
    return this == NV12 || this == NV21 || this == I420 || this == YUYV;
  }

  /** Whether chroma is stored for pairs of rows. */
  boolean subsampledRows() {
    return subsampled() && this != YUYV;
  }

  /** Bytes in one row of plane {@code plane} without padding. */
  public int rowBytes(int plane, int width) {
    return this == I420 && plane > 0 ? width / 2 : width * bytesPerPixel;
  }

  /** Rows of plane {@code plane}. */
  public int rows(int plane, int height) {
    return plane > 0 ? height / 2 : height;
  }
}
