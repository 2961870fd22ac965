package dev.avocet.media;

import dev.avocet.core.AvocetException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Inputs one after the other, each opened when its turn comes. {@link #close} from any thread. */
final class Inputs implements FrameSource {
  /**
   * One input.
   *
   * @param name for its frame where it cannot be opened
   * @param local whether it is a file, which may be opened only to ask how many frames it has
   * @param opener opens it, or throws why it cannot be had
   */
  record Entry(String name, boolean local, Supplier<FrameSource> opener) {
    FrameSource open() {
      try {
        return opener.get();
      } catch (AvocetException e) {
        return new OneFrame(() -> Frame.failed(name, 0, e), name);
      }
    }
  }

  private final List<Entry> entries;

  /** Index of the input that is opened next. */
  private int next;

  private OptionalLong size;

  /** The open input, null between two. */
  private FrameSource current;

  private long droppedBefore;
  private boolean closed;

  Inputs(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  @Override
  public Optional<Frame> next() {
    for (Optional<FrameSource> source = opened(); source.isPresent(); source = opened()) {
      Optional<Frame> frame = source.get().next();
      if (frame.isPresent()) {
        return frame;
      }
      finish(source.get());
    }
    return Optional.empty();
  }

  /** The present input, else the next one; empty at the end. */
  private Optional<FrameSource> opened() {
    synchronized (this) {
      if (current != null || closed || next == entries.size()) {
        return Optional.ofNullable(current);
      }
    }
    // Not under the lock: this may take as long as a server does, and close has to go on.
    FrameSource source = entries.get(next++).open();
    synchronized (this) {
      if (!closed) {
        current = source;
        return Optional.of(source);
      }
    }
    source.close();
    return Optional.empty();
  }

  private void finish(FrameSource source) {
    synchronized (this) {
      droppedBefore += source.dropped();
      current = null;
    }
    source.close();
  }

  @Override
  public OptionalLong size() {
    if (size == null) {
      size = count();
    }
    return size;
  }

  private OptionalLong count() {
    Optional<FrameSource> present = opened();
    long sum = 0;
    for (int i = 0; i < entries.size(); i++) {
      OptionalLong frames;
      if (i == next - 1 && present.isPresent()) {
        frames = present.get().size();
      } else if (entries.get(i).local()) {
        try (FrameSource source = entries.get(i).open()) {
          frames = source.size();
        }
      } else {
        frames = OptionalLong.empty();
      }
      if (frames.isEmpty()) {
        return frames;
      }
      sum += frames.getAsLong();
    }
    return OptionalLong.of(sum);
  }

  @Override
  public synchronized OptionalDouble frameRate() {
    return current == null ? OptionalDouble.empty() : current.frameRate();
  }

  @Override
  public synchronized long dropped() {
    return droppedBefore + (current == null ? 0 : current.dropped());
  }

  @Override
  public void close() {
    FrameSource source;
    synchronized (this) {
      closed = true;
      source = current;
      droppedBefore = dropped();
      current = null;
    }
    if (source != null) {
      source.close();
    }
  }
}
