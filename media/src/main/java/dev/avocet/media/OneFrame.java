package dev.avocet.media;

import dev.avocet.core.AvocetException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A source of one frame, made when it is asked for; one that cannot be made is a failed frame. */
final class OneFrame implements FrameSource {
  private final Supplier<Frame> frame;
  private final String name;
  private boolean done;

  OneFrame(Supplier<Frame> frame, String name) {
    this.frame = frame;
    this.name = name;
  }

  @Override
  public Optional<Frame> next() {
    if (done) {
      return Optional.empty();
    }
    done = true;
    try {
      return Optional.of(frame.get());
    } catch (AvocetException e) {
      return Optional.of(Frame.failed(name, 0, e));
    }
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(1);
  }

  @Override
  public void close() {
    done = true;
  }
}
