package dev.avocet.core.postprocess;

import dev.avocet.core.AvocetException;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a caller may change from call to call.
 *
 * @param scoreThreshold replaces the model's own score threshold where present; 0 to 1
 * @param topK replaces the model's own number of classes to name where present; 1 or more
 */
public record HeadOptions(OptionalDouble scoreThreshold, OptionalInt topK) {
  /** Everything as the model says. */
  public static final HeadOptions DEFAULT =
      new HeadOptions(OptionalDouble.empty(), OptionalInt.empty());

  /** Only a score threshold. */
  public HeadOptions(OptionalDouble scoreThreshold) {
    this(scoreThreshold, OptionalInt.empty());
  }

  /** Checks the ranges. */
  public HeadOptions {
    if (scoreThreshold.isPresent()
        && !(scoreThreshold.getAsDouble() >= 0 && scoreThreshold.getAsDouble() <= 1)) {
      throw AvocetException.invalidArgument(
          "scoreThreshold=" + scoreThreshold.getAsDouble() + ": expected 0 to 1");
    }
    if (topK.isPresent() && topK.getAsInt() < 1) {
      throw AvocetException.invalidArgument("topK=" + topK.getAsInt() + ": expected 1 or more");
    }
  }

  /** The caller's number of classes, else {@code modelTopK}. */
  public int topK(int modelTopK) {
    return topK.orElse(modelTopK);
  }

  /** The caller's threshold, else {@code modelThreshold}. */
  public float scoreThreshold(float modelThreshold) {
    return (float) scoreThreshold.orElse(modelThreshold);
  }
}
