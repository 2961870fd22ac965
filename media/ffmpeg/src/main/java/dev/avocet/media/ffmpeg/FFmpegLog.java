package dev.avocet.media.ffmpeg;

import dev.avocet.media.Frames;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What FFmpeg says. Nothing of it reaches the process' standard error: it goes to the log where the
 * log wants {@code debug}, else nowhere.
 */
final class FFmpegLog extends LogCallback {
  static final Logger LOG = LoggerFactory.getLogger("dev.avocet.media.ffmpeg");

  private static final FFmpegLog CALLBACK = new FFmpegLog();

  /** What FFmpeg says in this thread, while somebody listens to it. */
  private static final ThreadLocal<List<String>> LISTENER = new ThreadLocal<>();

  private FFmpegLog() {}

  static void install() {
    avutil.setLogCallback(CALLBACK);
    setLevel();
  }

  private static void setLevel() {
    avutil.av_log_set_level(LOG.isDebugEnabled() ? avutil.AV_LOG_VERBOSE : avutil.AV_LOG_QUIET);
  }

  /** What FFmpeg says at level {@code info} or above while {@code call} runs, in this thread. */
  static synchronized List<String> during(Runnable call) {
    List<String> lines = new ArrayList<>();
    LISTENER.set(lines);
    avutil.av_log_set_level(avutil.AV_LOG_INFO);
    try {
      call.run();
      return lines;
    } finally {
      LISTENER.remove();
      setLevel();
    }
  }

  @Override
  public void call(int level, BytePointer message) {
    List<String> lines = LISTENER.get();
    if (lines != null && level <= avutil.AV_LOG_INFO) {
      lines.add(message.getString());
    }
    if (LOG.isDebugEnabled()) {
      LOG.debug("{}", Frames.nameOf(message.getString()).strip());
    }
  }
}
