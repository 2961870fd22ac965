package dev.avocet.media;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import java.util.Objects;
import java.util.Optional;

/**
 * One frame of an input: a picture, or the reason why there is none. Its user closes it, and with
 * it the picture. Immutable but for the picture's memory.
 */
public final class Frame implements AutoCloseable {
  private final String input;
  private final long index;
  private final Image image;
  private final AvocetException error;

  private Frame(String input, long index, Image image, AvocetException error) {
    this.input = Objects.requireNonNull(input);
    this.index = index;
    this.image = image;
    this.error = error;
  }

  /**
   * A frame with its picture, which it owns from now on.
   *
   * @param input where it comes from: a path as the user would write it
   * @param index number of the frame within its input, from 0
   */
  public static Frame of(String input, long index, Image image) {
    return new Frame(input, index, Objects.requireNonNull(image), null);
  }

  /** A frame that could not be had; other frames of the source are not concerned. */
  public static Frame failed(String input, long index, AvocetException error) {
    return new Frame(input, index, null, Objects.requireNonNull(error));
  }

  /** Where the frame comes from. */
  public String input() {
    return input;
  }

  /** Number of the frame within its input, from 0; always 0 for a picture file. */
  public long index() {
    return index;
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
    if (image != null) {
      image.close();
    }
  }
}
