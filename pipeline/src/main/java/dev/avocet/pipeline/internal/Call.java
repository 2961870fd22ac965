package dev.avocet.pipeline.internal;

import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.postprocess.HeadOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * One picture to process.
 *
 * @param image the picture, borrowed until the call is done
 * @param region the part to look at, in pixels of the upright picture; checked by preprocessing
 * @param options for the head
 * @param deadline how long the call may wait, from its start
 * @param answer makes the caller's result while the slot is still held, since a head may reuse its
 *     own
 * @param <T> what the head decodes to
 * @param <R> the caller's result
 */
public record Call<T, R>(
    Image image,
    Rect region,
    HeadOptions options,
    Optional<Duration> deadline,
    Function<T, R> answer) {
  /** Checks that nothing is missing. */
  public Call {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(deadline, "deadline");
  }

  /** A call on a whole picture. */
  public Call(
      Image image, HeadOptions options, Optional<Duration> deadline, Function<T, R> answer) {
    this(image, whole(image), options, deadline, answer);
  }

  private static Rect whole(Image image) {
    return new Rect(0, 0, image.uprightWidth(), image.uprightHeight());
  }
}
