package dev.avocet.cli;

import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Frames, of which it is known whether they are the last of their video; pictures of one folder
 * count as a video. It is one frame ahead of who takes them.
 */
final class Lookahead implements FrameSource {
  private final FrameSource frames;
  private Optional<Frame> present = Optional.empty();
  private Optional<Frame> following = Optional.empty();
  private boolean started;
  private boolean first;

  Lookahead(FrameSource frames) {
    this.frames = frames;
  }

  @Override
  public Optional<Frame> next() {
    if (!started) {
      started = true;
      following = frames.next();
    }
    first = present.isEmpty() || following.isEmpty() || !joined(present.get(), following.get());
    present = following;
    following = present.isEmpty() ? Optional.empty() : frames.next();
    return present;
  }

  /** Whether the frame that was given last is the first of its video. */
  boolean isFirst() {
    return first;
  }

  /** Whether the frame that was given last is the last of its video. */
  boolean isLast() {
    return following.isEmpty() || !joined(present.get(), following.get());
  }

  /** Whether two frames, one of which came after the other, belong to one video. */
  static boolean joined(Frame one, Frame next) {
    return one.input().equals(next.input())
        || (isPicture(one) && isPicture(next) && Objects.equals(folder(one), folder(next)));
  }

  private static boolean isPicture(Frame frame) {
    return frame.timeMillis().isEmpty();
  }

  private static Path folder(Frame picture) {
    return Path.of(picture.input()).getParent();
  }

  @Override
  public OptionalLong size() {
    return frames.size();
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
