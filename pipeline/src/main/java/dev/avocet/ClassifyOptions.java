package dev.avocet;

import dev.avocet.core.Rect;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What may differ from call to call of a {@link Classifier} or {@link VideoRecognizer}.
 *
 * @param topK how many classes to name, instead of the model's own number; 1 or more
 * @param region part of the upright pictures to look at
 * @param deadline how long the call may wait for a free slot, from its start
 */
public record ClassifyOptions(
    OptionalInt topK, Optional<Rect> region, Optional<Duration> deadline) {
  /** As many classes as the model says, the whole picture, no deadline. */
  public static final ClassifyOptions DEFAULT =
      new ClassifyOptions(OptionalInt.empty(), Optional.empty(), Optional.empty());

  /** Checks the deadline. */
  public ClassifyOptions {
    CallOptions.checkDeadline(deadline);
  }

  /** The same with a number of classes. */
  public ClassifyOptions withTopK(int topK) {
    return new ClassifyOptions(OptionalInt.of(topK), region, deadline);
  }

  /** The same with a region of interest. */
  public ClassifyOptions withRegion(Rect region) {
    return new ClassifyOptions(topK, Optional.of(region), deadline);
  }

  /** The same with a deadline. */
  public ClassifyOptions withDeadline(Duration deadline) {
    return new ClassifyOptions(topK, region, Optional.of(deadline));
  }
}
