package dev.avocet.media.ffmpeg;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.media.FrameSource;
import dev.avocet.media.FrameSourceProvider;
import dev.avocet.media.Frames;
import dev.avocet.media.SourceOptions;
import dev.avocet.media.VideoFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Video files, told by their first bytes; {@code rtsp://}, {@code rtsps://}, {@code http://} and
 * {@code https://} streams; cameras as {@code v4l2:///dev/video0} or {@code camera:0}.
 *
 * <p>Every frame of a file comes, in order, unless {@linkplain SourceOptions.Pace#REAL at its own
 * time} is asked for. Of a camera, an RTSP stream, and an HTTP stream whose server states no
 * duration, the newest comes, and what is lost is connected again until the source is closed; the
 * first time it has to answer, within ten seconds.
 */
public final class FFmpegSourceProvider implements FrameSourceProvider {
  private static final Set<String> STREAMS = Set.of("rtsp", "rtsps", "http", "https");

  /** For {@link java.util.ServiceLoader}. */
  public FFmpegSourceProvider() {}

  @Override
  public boolean accepts(String input) {
    String scheme = scheme(input);
    if (STREAMS.contains(scheme) || Camera.SCHEMES.contains(scheme)) {
      return true;
    }
    try {
      return VideoFiles.isVideo(Path.of(input));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String scheme(String input) {
    return input.substring(0, Math.max(0, input.indexOf(':'))).toLowerCase(Locale.ROOT);
  }

  @Override
  public FrameSource open(String input, SourceOptions options) {
    return open(input, options, Timing.DEFAULT);
  }

  static FrameSource open(String input, SourceOptions options, Timing timing) {
    try {
      FFmpeg.prepare();
    } catch (LinkageError e) {
      throw new AvocetException(
          Status.NOT_SUPPORTED,
          "%s: FFmpeg cannot be loaded (%s); org.bytedeco:ffmpeg with this machine's classifier has"
                  .formatted(Frames.nameOf(input), e.getMessage())
              + " to be on the class path",
          e);
    }
    String scheme = scheme(input);
    if (Camera.SCHEMES.contains(scheme)) {
      Camera camera = Camera.of(input);
      return new FFmpegSource(camera.input(), options, timing, camera::open);
    }
    Location location = STREAMS.contains(scheme) ? Location.stream(input) : Location.file(input);
    return new FFmpegSource(location.name(), options, timing, opener -> opener.open(location));
  }
}
