package dev.avocet.media.ffmpeg;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rotation;
import dev.avocet.core.Status;
import dev.avocet.media.Annotator;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Brings pictures into the frames of a video, by libswscale: limited-range BT.601 4:2:0 of one even
 * size. A picture of this size, or one pixel larger, is taken as it is, without its odd last column
 * or row; any other is scaled into the frame as a whole, with black beside or above and below.
 * Confined to one thread.
 */
final class VideoScaler implements AutoCloseable {
  /** Smallest width and height that encoders take. */
  private static final int LEAST = 16;

  private static final int PLANES = 4;
  private static final byte BLACK_LUMA = 16;
  private static final byte NO_CHROMA = (byte) 128;

  private final int width;
  private final int height;
  private final LongPointer from = new LongPointer(PLANES);
  private final LongPointer to = new LongPointer(PLANES);
  private final PointerPointer<Pointer> fromPlanes = new PointerPointer<>(from);
  private final PointerPointer<Pointer> toPlanes = new PointerPointer<>(to);
  private final IntPointer fromStrides = new IntPointer(PLANES);
  private final IntPointer toStrides = new IntPointer(PLANES);
  private SwsContext context;
  private Layout layout = new Layout(null, 0, 0, 0, 0, 0, 0);

  /**
   * How pictures of one kind go into the frame.
   *
   * @param format of the pictures
   * @param sourceWidth pixels of a picture's row that are used
   * @param sourceHeight rows of a picture that are used
   * @param x left edge in the frame, even
   * @param y upper edge in the frame, even
   * @param width in the frame
   * @param height in the frame
   */
  private record Layout(
      PixelFormat format, int sourceWidth, int sourceHeight, int x, int y, int width, int height) {}

  /**
   * Fixes the size of the frames: that of the first picture, made even by leaving out a pixel.
   *
   * @param width of the first picture, upright
   * @param height of the first picture, upright
   */
  VideoScaler(int width, int height) {
    this.width = Math.max(LEAST, width & ~1);
    this.height = Math.max(LEAST, height & ~1);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Writes the picture into the frame, which is writable and has been given to nobody else. */
  void scale(Image picture, AVFrame frame) {
    if (picture.rotation() != Rotation.NONE) {
      try (Image upright = Annotator.annotate(picture, List.of())) {
        scale(upright, frame);
      }
      return;
    }
    Layout wanted = layout(picture);
    boolean changed = !wanted.equals(layout);
    for (int i = 0; i < 3; i++) {
      int shift = i == 0 ? 0 : 1;
      int stride = frame.linesize(i);
      try (BytePointer plane = frame.data(i)) {
        if (changed) {
          Pointer.memset(plane, i == 0 ? BLACK_LUMA : NO_CHROMA, (long) stride * (height >> shift));
        }
        long start = (long) (wanted.y() >> shift) * stride + (wanted.x() >> shift);
        to.put(i, plane.address() + start);
      }
      toStrides.put(i, stride);
    }
    if (changed) {
      prepare(wanted);
    }
    List<Image.Plane> planes = picture.planes();
    for (int i = 0; i < PLANES; i++) {
      from.put(i, i < planes.size() ? planes.get(i).address() : 0);
      fromStrides.put(i, i < planes.size() ? planes.get(i).stride() : 0);
    }
    swscale.sws_scale(
        context, fromPlanes, fromStrides, 0, wanted.sourceHeight(), toPlanes, toStrides);
  }

  private Layout layout(Image picture) {
    int w = picture.width();
    int h = picture.height();
    if ((w & ~1) == width && (h & ~1) == height) {
      return new Layout(picture.format(), width, height, 0, 0, width, height);
    }
    double scale = Math.min((double) width / w, (double) height / h);
    int scaledWidth = even(w * scale, width);
    int scaledHeight = even(h * scale, height);
    int x = (width - scaledWidth) / 2 & ~1;
    int y = (height - scaledHeight) / 2 & ~1;
    return new Layout(picture.format(), w, h, x, y, scaledWidth, scaledHeight);
  }

  private static int even(double size, int most) {
    return (int) Math.max(2, Math.min(most, 2 * Math.round(size / 2)));
  }

  private void prepare(Layout wanted) {
    swscale.sws_freeContext(context);
    context =
        swscale.sws_getContext(
            wanted.sourceWidth(),
            wanted.sourceHeight(),
            FFmpeg.number(wanted.format()),
            wanted.width(),
            wanted.height(),
            avutil.AV_PIX_FMT_YUV420P,
            swscale.SWS_BILINEAR,
            null,
            null,
            (DoublePointer) null);
    if (context == null) {
      throw new AvocetException(
          Status.FAIL,
          "%s of %dx%d cannot be brought into a video of %dx%d"
              .formatted(
                  wanted.format(), wanted.sourceWidth(), wanted.sourceHeight(), width, height));
    }
    layout = wanted;
  }

  @Override
  public void close() {
    swscale.sws_freeContext(context);
    context = null;
    from.close();
    to.close();
    fromStrides.close();
    toStrides.close();
  }
}
