package dev.avocet.media.ffmpeg;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.internal.Natives;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;

/** FFmpeg's libraries, loaded and silent, and its error codes in words. Stateless. */
final class FFmpeg {
  /** "Try again": the decoder wants input first, or the encoder has no output yet. */
  static final int AGAIN;

  static final int NO_ENTRY;

  static {
    Natives.prepare();
    Loader.load(avutil.class);
    Loader.load(swscale.class);
    Loader.load(avcodec.class);
    Loader.load(avformat.class);
    FFmpegLog.install();
    AGAIN = org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN();
    NO_ENTRY = org.bytedeco.ffmpeg.presets.avutil.AVERROR_ENOENT();
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
}
