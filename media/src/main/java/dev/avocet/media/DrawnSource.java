package dev.avocet.media;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Frames that are drawn, not taken: for demonstrations and tests. At {@link
 * SourceOptions.Pace#REAL} they come as a camera would give them: who is late gets the newest.
 * {@link #close} from any thread.
 */
public final class DrawnSource implements FrameSource {
  /** Draws a frame. */
  @FunctionalInterface
  public interface Painter {
    /**
     * Draws over all of a picture, BGR, which may be one that was used before.
     *
     * @param number of the frame, from 0
     */
    void draw(Image image, long number);
  }

  /**
   * What the frames are like.
   *
   * @param width in pixels
   * @param height in pixels
   * @param rate frames a second
   * @param frames how many there are; empty for no end
   */
  public record Format(int width, int height, double rate, OptionalLong frames) {}

  private final String input;
  private final Format format;
  private final SourceOptions.Pace pace;
  private final Painter painter;

  /** Pictures that came back; guarded by this. */
  private final ArrayDeque<Image> free = new ArrayDeque<>();

  private long index;
  private long dropped;
  private long start;
  private boolean closed;

  /** Draws nothing yet; {@code input} is what frames are called. */
  public DrawnSource(String input, Format format, SourceOptions.Pace pace, Painter painter) {
    this.input = input;
    this.format = format;
    this.pace = pace;
    this.painter = painter;
  }

  @Override
  public synchronized Optional<Frame> next() {
    if (pace == SourceOptions.Pace.REAL && !closed) {
      awaitTurn();
    }
    if (closed || (format.frames().isPresent() && index >= format.frames().getAsLong())) {
      return Optional.empty();
    }
    Image image =
        free.isEmpty()
            ? Image.allocate(PixelFormat.BGR, format.width(), format.height())
            : free.pop();
    painter.draw(image, index);
    double time = index * 1000 / format.rate();
    return Optional.of(Frame.of(input, index++, time, image, () -> giveBack(image)));
  }

  /** Waits until the next frame is due, or passes over those whose time is gone. */
  private void awaitTurn() {
    long now = System.nanoTime();
    if (index == 0) {
      start = now;
    }
    long newest = (long) ((now - start) * format.rate() / 1e9);
    if (format.frames().isPresent()) {
      newest = Math.min(newest, format.frames().getAsLong() - 1);
    }
    if (newest > index) {
      dropped += newest - index;
      index = newest;
    }
    long due = start + (long) (index * 1e9 / format.rate());
    try {
      for (long left = due - now; left > 0 && !closed; left = due - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      // Who interrupts wants an end, as everywhere.
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  @Override
  public OptionalLong size() {
    return format.frames();
  }

  @Override
  public OptionalDouble frameRate() {
    return OptionalDouble.of(format.rate());
  }

  @Override
  public synchronized long dropped() {
    return dropped;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    free.forEach(Image::close);
    free.clear();
  }

  private synchronized void giveBack(Image image) {
    if (closed) {
      image.close();
    } else {
      free.push(image);
    }
  }
}
