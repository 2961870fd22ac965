package dev.avocet.cli;

import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The first frames of a source. */
final class FirstFrames implements FrameSource {
  private final FrameSource frames;
  private final long count;
  private long given;

  FirstFrames(FrameSource frames, long count) {
    this.frames = frames;
    this.count = count;
  }

  @Override
  public Optional<Frame> next() {
    given++;
    return given > count ? Optional.empty() : frames.next();
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(Math.min(count, frames.size().orElse(Long.MAX_VALUE)));
  }

  @Override
  public OptionalDouble frameRate() {
    return frames.frameRate();
  }

  @Override
  public long dropped() {
    return frames.dropped();
  }

  @Override
  public void close() {
    frames.close();
  }
}
