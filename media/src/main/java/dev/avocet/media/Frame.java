package dev.avocet.media;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One frame of an input: a picture, or the reason why there is none. Its user closes it, and with
 * it the picture. Immutable but for the picture's memory.
 */
public final class Frame implements AutoCloseable {
  private final String input;
  private final long index;
  private final OptionalDouble timeMillis;
  private final Image image;
  private final AvocetException error;
  private final Runnable release;
  private final long decodedNanos = System.nanoTime();
  private final AtomicBoolean closed = new AtomicBoolean();

  private Frame(
      String input,
      long index,
      OptionalDouble timeMillis,
      Image image,
      AvocetException error,
      Runnable release) {
    this.input = Objects.requireNonNull(input);
    this.index = index;
    this.timeMillis = timeMillis;
    this.image = image;
    this.error = error;
    this.release = release;
  }

  /**
   * A frame with its picture, which it owns from now on.
   *
   * @param input where it comes from: a path as the user would write it
   * @param index number of the frame within its input, from 0
   */
  public static Frame of(String input, long index, Image image) {
    return new Frame(input, index, OptionalDouble.empty(), image, null, image::close);
  }

  /**
   * A frame whose picture lies in memory that its source uses again.
   *
   * @param input what the user named
   * @param index number of the frame within its input, from 0; numbers of dropped frames are left
   *     out
   * @param timeMillis when the frame is to be seen, from the first frame of the input, in
   *     milliseconds
   * @param release gives the memory back; called once, when the frame is closed first, from the
   *     closing thread
   */
  public static Frame of(
      String input, long index, double timeMillis, Image image, Runnable release) {
    Objects.requireNonNull(image);
    return new Frame(input, index, OptionalDouble.of(timeMillis), image, null, release);
  }

  /** A frame that could not be had; other frames of the source are not concerned. */
  public static Frame failed(String input, long index, AvocetException error) {
    Objects.requireNonNull(error);
    return new Frame(input, index, OptionalDouble.empty(), null, error, () -> {});
  }

  /** Where the frame comes from. */
  public String input() {
    return input;
  }

  /** Number of the frame within its input, from 0; always 0 for a picture file. */
  public long index() {
    return index;
  }

  /** When the frame is to be seen, in ms from the input's first; empty for a picture file. */
  public OptionalDouble timeMillis() {
    return timeMillis;
  }

  /**
   * When the frame was there, decoded, as {@link System#nanoTime} counts: what its age is measured
   * from, that it waits to be taken included.
   */
  public long decodedNanos() {
    return decodedNanos;
  }

  /**
   * The picture, valid until this frame is closed.
   *
   * @throws AvocetException the {@link #error} where there is one
   */
  public Image image() {
    if (error != null) {
      throw error;
    }
    return image;
  }

  /** Why there is no picture. */
  public Optional<AvocetException> error() {
    return Optional.ofNullable(error);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
    }
  }
}
