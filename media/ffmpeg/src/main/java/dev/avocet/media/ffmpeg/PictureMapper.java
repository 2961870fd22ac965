package dev.avocet.media.ffmpeg;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rotation;
import dev.avocet.core.Status;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * Pictures of decoded frames: the decoder's own planes where they mean what {@link PixelFormat}
 * says, else converted to BGR. Subsampled formats are ITU-R BT.601 in limited range for the rest of
 * the SDK, so that frames that state BT.709 or full range are converted, by their own matrix; where
 * a stream states no matrix it is taken for BT.601, as FFmpeg's converter and OpenCV's VideoCapture
 * do. Confined to one thread.
 */
final class PictureMapper implements AutoCloseable {
  /** What a converter is made for. */
  private record Conversion(int width, int height, int format, int matrix, int full) {}

  /**
   * Every pixel has the chroma of its own sample and is rounded, as where the planes are used in
   * place. FFmpeg's default conversion cuts, and is about one level too dark.
   */
  private static final int FLAGS =
      swscale.SWS_POINT | swscale.SWS_ACCURATE_RND | swscale.SWS_FULL_CHR_H_INT;

  private SwsContext converter;
  private Conversion converterOf;

  /**
   * The format of frames whose planes are used as they are; empty where they have to be converted.
   *
   * @param format FFmpeg's pixel format
   * @param matrix FFmpeg's colour space
   * @param range FFmpeg's colour range
   */
  static Optional<PixelFormat> asIs(int format, int matrix, int range, int width, int height) {
    return FFmpeg.pixelFormat(format)
        .filter(
            found ->
                switch (found) {
                  case I420, NV12, NV21 ->
                      isBt601(matrix, range) && width % 2 == 0 && height % 2 == 0;
                  case YUYV -> isBt601(matrix, range) && width % 2 == 0;
                  case GRAY8, GRAY16 -> range != avutil.AVCOL_RANGE_MPEG;
                  case BGR, RGB, BGRA, RGBA -> true;
                });
  }

  /** Whether luma and chroma are those of our own YUV formats. */
  private static boolean isBt601(int matrix, int range) {
    return range != avutil.AVCOL_RANGE_JPEG
        && (matrix == avutil.AVCOL_SPC_UNSPECIFIED
            || matrix == avutil.AVCOL_SPC_BT470BG
            || matrix == avutil.AVCOL_SPC_SMPTE170M);
  }

  /**
   * A picture of the slot's frame, valid as long as the slot keeps it.
   *
   * @throws AvocetException FAIL where FFmpeg cannot convert the frame
   */
  Image image(FrameSlot slot, Rotation rotation) {
    AVFrame frame = slot.frame();
    int width = frame.width();
    int height = frame.height();
    Optional<PixelFormat> asIs =
        asIs(frame.format(), frame.colorspace(), frame.color_range(), width, height)
            .filter(format -> isTopDown(frame, format.planes()));
    AVFrame from = asIs.isPresent() ? frame : convert(frame, slot);
    PixelFormat format = asIs.orElse(PixelFormat.BGR);
    Image.Plane[] planes = new Image.Plane[format.planes()];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = new Image.Plane(from.data(i).address(), from.linesize(i));
    }
    Image image = Image.wrap(List.of(planes), format, width, height);
    return rotation == Rotation.NONE ? image : image.rotated(rotation);
  }

  /** Rows may go from the bottom to the top, as in AVI files without compression. */
  private static boolean isTopDown(AVFrame frame, int planes) {
    for (int i = 0; i < planes; i++) {
      if (frame.linesize(i) <= 0) {
        return false;
      }
    }
    return true;
  }

  private AVFrame convert(AVFrame frame, FrameSlot slot) {
    AVFrame to = slot.bgr(frame.width(), frame.height());
    prepareConverter(frame);
    int rows =
        swscale.sws_scale(
            converter, frame.data(), frame.linesize(), 0, frame.height(), to.data(), to.linesize());
    if (rows != frame.height()) {
      throw new AvocetException(
          Status.FAIL, "a frame cannot be converted to BGR: " + FFmpeg.text(Math.min(rows, -1)));
    }
    return to;
  }

  private void prepareConverter(AVFrame frame) {
    Conversion of =
        new Conversion(
            frame.width(),
            frame.height(),
            frame.format(),
            frame.colorspace(),
            frame.color_range() == avutil.AVCOL_RANGE_JPEG ? 1 : 0);
    if (of.equals(converterOf)) {
      return;
    }
    close();
    converter =
        swscale.sws_getContext(
            frame.width(),
            frame.height(),
            frame.format(),
            frame.width(),
            frame.height(),
            avutil.AV_PIX_FMT_BGR24,
            FLAGS,
            null,
            null,
            (DoublePointer) null);
    if (converter == null) {
      throw AvocetException.notSupported(
          "FFmpeg cannot convert %s of %dx%d to BGR"
              .formatted(
                  avutil.av_get_pix_fmt_name(frame.format()).getString(),
                  frame.width(),
                  frame.height()));
    }
    IntPointer matrix = swscale.sws_getCoefficients(frame.colorspace());
    IntPointer any = swscale.sws_getCoefficients(swscale.SWS_CS_DEFAULT);
    swscale.sws_setColorspaceDetails(converter, matrix, of.full(), any, 1, 0, 1 << 16, 1 << 16);
    converterOf = of;
  }

  @Override
  public void close() {
    if (converter != null) {
      swscale.sws_freeContext(converter);
      converter = null;
      converterOf = null;
    }
  }
}
