package dev.avocet;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Rect;
import java.time.Duration;
import java.util.Optional;

/**
 * What may differ from call to call of any handle.
 *
 * @param region part of the upright picture to look at; places are still given in the whole
 *     picture, answered pictures and maps show the region
 * @param deadline how long the call may wait for a free slot, from its start
 */
public record CallOptions(Optional<Rect> region, Optional<Duration> deadline) {
  /** The whole picture, no deadline. */
  public static final CallOptions DEFAULT = new CallOptions(Optional.empty(), Optional.empty());

  /** Checks the deadline. */
  public CallOptions {
    checkDeadline(deadline);
  }

  static void checkDeadline(Optional<Duration> deadline) {
    if (deadline.isPresent() && deadline.get().isNegative()) {
      throw AvocetException.invalidArgument("deadline=" + deadline.get() + " is negative");
    }
  }

  /** The same with a region of interest. */
  public CallOptions withRegion(Rect region) {
    return new CallOptions(Optional.of(region), deadline);
  }

  /** The same with a deadline. */
  public CallOptions withDeadline(Duration deadline) {
    return new CallOptions(region, Optional.of(deadline));
  }
}
