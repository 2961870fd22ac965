package dev.avocet.core.postprocess;

import dev.avocet.core.AvocetException;
import java.util.OptionalDouble;

/**
 * What a caller may change from call to call.
 *
 * @param scoreThreshold replaces the model's own score threshold where present; 0 to 1
 */
public record HeadOptions(OptionalDouble scoreThreshold) {
  /** Everything as the model says. */
  public static final HeadOptions DEFAULT = new HeadOptions(OptionalDouble.empty());

  /** Checks the range. */
  public HeadOptions {
    if (scoreThreshold.isPresent()
        && !(scoreThreshold.getAsDouble() >= 0 && scoreThreshold.getAsDouble() <= 1)) {
      throw AvocetException.invalidArgument(
          "scoreThreshold=" + scoreThreshold.getAsDouble() + ": expected 0 to 1");
    }
  }

  /** The caller's threshold, else {@code modelThreshold}. */
  public float scoreThreshold(float modelThreshold) {
    return (float) scoreThreshold.orElse(modelThreshold);
  }
}
