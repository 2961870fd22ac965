package dev.avocet.media.ffmpeg;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.internal.Natives;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avutil;

/** What FFmpeg's negative answers mean. Loading this class makes FFmpeg ready and quiet. */
final class FfmpegErrors {
  private static final int ENOENT = 2;
  private static final int EACCES = 13;
  private static final int ENOSPC = 28;
  private static final int EROFS = 30;
  private static final int EDQUOT = 122;
  private static final int TEXT_BYTES = 256;

  static {
    Natives.prepare();
    // What fails is said by exceptions; nothing here prints.
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
  }

  private FfmpegErrors() {}

  /** Called, by whoever uses FFmpeg, before the first of its classes is loaded. */
  static void prepare() {
    // Loading this class has done it.
  }

  /** FFmpeg's own words for an answer. */
  static String text(int code) {
    byte[] text = new byte[TEXT_BYTES];
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
}
