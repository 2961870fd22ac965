package dev.avocet.pipeline.internal;

import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.preprocess.Source;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * One picture or clip to process.
 *
 * @param source the picture or clip, borrowed until the call is done
 * @param options for the head
 * @param deadline how long the call may wait, from its start
 * @param answer makes the caller's result while the slot is still held, since a head may reuse its
 *     own
 * @param <T> what the head decodes to
 * @param <R> the caller's result
 */
public record Call<T, R>(
    Source source, HeadOptions options, Optional<Duration> deadline, Function<T, R> answer) {
  /** Checks that nothing is missing. */
  public Call {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(deadline, "deadline");
  }
}
