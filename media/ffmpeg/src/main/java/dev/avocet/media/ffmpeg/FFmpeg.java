package dev.avocet.media.ffmpeg;

import dev.avocet.core.AvocetException;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Status;
import dev.avocet.core.internal.EmptyLibrary;
import dev.avocet.core.internal.Natives;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;

/** FFmpeg's libraries, loaded and silent, and its error codes in words. Stateless. */
final class FFmpeg {
  /** "Try again": the decoder wants input first, or the encoder has no output yet. */
  static final int AGAIN;

  // Linux's numbers; FFmpeg's codes are their negatives.
  private static final int ENOENT = 2;
  private static final int EACCES = 13;
  private static final int ENOSPC = 28;
  private static final int EROFS = 30;
  private static final int EDQUOT = 122;

  /** "There is no such file". */
  static final int NO_ENTRY = -ENOENT;

  static {
    Natives.prepare();
    // Its arm64 build names VA-API's libraries but does not bring them; only VA-API calls them.
    if (Loader.getPlatform().equals("linux-arm64")) {
      EmptyLibrary.standInForMissing("libdrm.so.2", "libva.so.2", "libva-drm.so.2");
    }
    Loader.load(avutil.class);
    Loader.load(swscale.class);
    Loader.load(avcodec.class);
    Loader.load(avformat.class);
    FFmpegLog.install();
    AGAIN = org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN();
  }

  private FFmpeg() {}

  /**
   * Loads the libraries, once; everything that uses them calls this, or another method, first.
   *
   * @throws LinkageError where they are not on the class path, or the system lacks what they need
   */
  static void prepare() {}

  /** FFmpeg's words for one of its error codes. */
  static String text(int code) {
    byte[] text = new byte[128];
    avutil.av_strerror(code, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }

  /**
   * Checks an answer that concerns a file being written.
   *
   * @return the answer
   * @throws AvocetException FAIL where it is negative
   */
  static int written(int code, Object file) {
    if (code >= 0) {
      return code;
    }
    String advice =
        switch (-code) {
          case ENOSPC, EDQUOT -> "; free space there or name a file on another disk";
          case EACCES, EROFS -> "; name a file in a folder that may be written";
          case ENOENT -> "; create its folder first";
          default -> "";
        };
    throw new AvocetException(
        Status.FAIL, "%s: cannot be written: %s%s".formatted(file, text(code), advice));
  }

  /**
   * The failure where {@code object} is null, as FFmpeg answers when there is no memory.
   *
   * @param what was to be made
   */
  static <T> T allocated(T object, String what) {
    if (object == null) {
      throw new AvocetException(Status.OUT_OF_MEMORY, "no memory for " + what);
    }
    return object;
  }

  /** FFmpeg's number of one of our formats. */
  static int number(PixelFormat format) {
    return switch (format) {
      case BGR -> avutil.AV_PIX_FMT_BGR24;
      case RGB -> avutil.AV_PIX_FMT_RGB24;
      case BGRA -> avutil.AV_PIX_FMT_BGRA;
      case RGBA -> avutil.AV_PIX_FMT_RGBA;
      case GRAY8 -> avutil.AV_PIX_FMT_GRAY8;
      case GRAY16 -> avutil.AV_PIX_FMT_GRAY16LE;
      case NV12 -> avutil.AV_PIX_FMT_NV12;
      case NV21 -> avutil.AV_PIX_FMT_NV21;
      case I420 -> avutil.AV_PIX_FMT_YUV420P;
      case YUYV -> avutil.AV_PIX_FMT_YUYV422;
    };
  }

  /** Our format of FFmpeg's number, where we have one that is laid out alike. */
  static Optional<PixelFormat> pixelFormat(int number) {
    return Arrays.stream(PixelFormat.values()).filter(f -> number(f) == number).findFirst();
  }
}
