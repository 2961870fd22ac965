package dev.avocet.net.tensorrt;

import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.Layout;
import dev.avocet.net.tensorrt.PassTables.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One entry of a batch as {@code affine_pass.cu} reads it, its {@code struct Pass}.
 *
 * @param pass what is done
 * @param view the picture, of which {@code picture} is the copy
 * @param picture where its pixels are
 */
record PassEntry(AffinePass pass, Image view, PassPicture picture) {
  /** Size of {@code struct Pass}. */
  static final int BYTES = 208;

  // Numbers of affine_pass.cu.
  private static final int PACKED = 0;
  private static final int YUV = 1;
  private static final int GREY = 2;
  private static final int GREY_OF_PACKED = 3;

  private static final int UPPER_BYTE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1 : 0;

  /** What each kept column reads. */
  Table across() {
    Rect kept = pass.kept();
    return new Table(
        PassMethod.of(pass),
        pass.interpolation(),
        pass.source().width(),
        pass.resizedWidth(),
        kept.x(),
        kept.width());
  }

  /** What each kept row reads. */
  Table down() {
    Rect kept = pass.kept();
    return new Table(
        PassMethod.of(pass),
        pass.interpolation(),
        pass.source().height(),
        pass.resizedHeight(),
        kept.y(),
        kept.height());
  }

  /**
   * Writes the entry at the buffer's position.
   *
   * @param base the GPU's address of the memory that the picture and the tables are in
   * @param across offset of a table there
   * @param down offset of a table there
   * @param target the GPU's address of the entry's values
   */
  void write(ByteBuffer to, long base, long across, long down, long target, DataType type) {
    planes(to, base);
    to.putLong(target).putLong(base + across).putLong(base + down);
    strides(to);
    PixelFormat format = view.format();
    boolean interleaved = format == PixelFormat.NV12 || format == PixelFormat.NV21;
    to.putInt(format.bytesPerPixel());
    to.putInt(format == PixelFormat.YUYV ? 4 : interleaved ? 2 : 1);
    to.putInt(format == PixelFormat.YUYV ? 0 : 1);
    to.putInt(format == PixelFormat.BGR || format == PixelFormat.BGRA ? 2 : 0);
    to.putInt(reader());
    to.putInt(PassMethod.of(pass).number);
    to.putInt(across().count()).putInt(down().count());
    turn(to);
    Rect kept = pass.kept();
    to.putInt(pass.left()).putInt(pass.top()).putInt(kept.width()).putInt(kept.height());
    to.putInt(pass.width()).putInt(pass.height());
    to.putInt(padMode());
    to.putInt(pass.channels());
    to.putInt(pass.layout() == Layout.NHWC ? 1 : 0);
    to.putInt(type == DataType.FLOAT32 ? 0 : type == DataType.FLOAT16 ? 1 : 2);
    values(to, type);
    to.putInt(0);
  }

  /** Where Y or pixels, U and V begin. */
  private void planes(ByteBuffer to, long base) {
    long first = base + picture.offset(0);
    long second = base + picture.offset(1);
    switch (view.format()) {
      case NV12 -> to.putLong(first).putLong(second).putLong(second + 1);
      case NV21 -> to.putLong(first).putLong(second + 1).putLong(second);
      case I420 -> to.putLong(first).putLong(second).putLong(base + picture.offset(2));
      case YUYV -> to.putLong(first).putLong(first + 1).putLong(first + 3);
      case GRAY16 -> to.putLong(first + UPPER_BYTE).putLong(0).putLong(0);
      case BGR, RGB, BGRA, RGBA, GRAY8 -> to.putLong(first).putLong(0).putLong(0);
    }
  }

  private void strides(ByteBuffer to) {
    int first = picture.stride(0);
    int second = picture.stride(1);
    switch (view.format()) {
      case NV12, NV21 -> to.putInt(first).putInt(second).putInt(second);
      case I420 -> to.putInt(first).putInt(second).putInt(picture.stride(2));
      case YUYV, GRAY16, BGR, RGB, BGRA, RGBA, GRAY8 ->
          to.putInt(first).putInt(first).putInt(first);
    }
  }

  private boolean isGrey() {
    return pass.colour() == PixelFormat.GRAY8;
  }

  private int reader() {
    return switch (view.format()) {
      case BGR, RGB, BGRA, RGBA -> isGrey() ? GREY_OF_PACKED : PACKED;
      case NV12, NV21, I420, YUYV -> isGrey() ? GREY : YUV;
      case GRAY8, GRAY16 -> GREY;
    };
  }

  private int padMode() {
    return switch (pass.padMode()) {
      case CONSTANT -> 0;
      case EDGE -> 1;
      case REFLECT -> 2;
      case SYMMETRIC -> 3;
    };
  }

  /** Which copied pixel a pixel x, y of the window is. */
  private void turn(ByteBuffer to) {
    int x = pass.source().x();
    int y = pass.source().y();
    int lastColumn = view.width() - 1;
    int lastRow = view.height() - 1;
    int left = picture.left();
    int top = picture.top();
    switch (view.rotation()) {
      case NONE -> turn(to, 1, 0, x - left, 0, 1, y - top);
      case CLOCKWISE_90 -> turn(to, 0, 1, y - left, -1, 0, lastRow - x - top);
      case HALF -> turn(to, -1, 0, lastColumn - x - left, 0, -1, lastRow - y - top);
      case COUNTERCLOCKWISE_90 -> turn(to, 0, -1, lastColumn - y - left, 1, 0, x - top);
    }
  }

  private static void turn(ByteBuffer to, int... numbers) {
    for (int number : numbers) {
      to.putInt(number);
    }
  }

  private void values(ByteBuffer to, DataType type) {
    for (int c = 0; c < 3; c++) {
      to.putInt(c < pass.channels() ? pick(pass.order()[c]) : 0);
    }
    three(to, pass.mean());
    three(to, pass.scale());
    for (int c = 0; c < 3; c++) {
      float pad = c < pass.channels() ? pass.padValue()[c] : 0;
      // As a byte it is cut, not limited.
      to.putFloat(type == DataType.UINT8 ? (int) pad & 0xff : pad);
    }
  }

  /** Of blue, green, red, or of grey alone. */
  private int pick(int channel) {
    if (reader() == GREY || reader() == GREY_OF_PACKED) {
      return 0;
    }
    return pass.colour() == PixelFormat.BGR ? channel : 2 - channel;
  }

  private static void three(ByteBuffer to, float[] values) {
    for (int c = 0; c < 3; c++) {
      to.putFloat(c < values.length ? values[c] : 0);
    }
  }
}
