package dev.avocet.media.ffmpeg;

import dev.avocet.core.AvocetException;
import dev.avocet.media.FrameSink;
import dev.avocet.media.FrameSinkProvider;
import dev.avocet.media.internal.OutputFiles;
import java.nio.file.Path;
import java.util.Map;

/**
 * Videos that every player and browser takes: H.264 (or MPEG-4 part 2 where OpenH264 does not take
 * the size), in {@code .mp4}, {@code .m4v}, {@code .mov} or {@code .mkv}. Stateless, safe from any
 * thread.
 */
public final class VideoSinkProvider implements FrameSinkProvider {
  /** FFmpeg's containers by ending: what it would guess for {@code .m4v} is a bare stream. */
  private static final Map<String, String> CONTAINERS =
      Map.of("mp4", "mp4", "m4v", "mp4", "mov", "mov", "mkv", "matroska");

  @Override
  public boolean accepts(Path file) {
    return CONTAINERS.containsKey(OutputFiles.ending(file));
  }

  @Override
  public FrameSink open(Path file, double frameRate) {
    if (!(frameRate >= 0.001 && frameRate <= 1000)) {
      throw AvocetException.invalidArgument(
          "frameRate=%s: expected 0.001 to 1000 frames a second".formatted(frameRate));
    }
    return new VideoSink(file, CONTAINERS.get(OutputFiles.ending(file)), frameRate);
  }
}
