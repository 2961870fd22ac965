package dev.avocet;

import dev.avocet.core.Rect;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What may differ from call to call of a {@link Detector}, {@link RotatedDetector} or {@link
 * TextDetector}.
 *
 * <pre>{@code
 * detector.detect(image, DetectOptions.DEFAULT.withScoreThreshold(0.5).withClasses(Set.of(0, 2)));
 * }</pre>
 *
 * @param region part of the upright picture to look at; boxes are still given in the whole picture
 * @param scoreThreshold replaces the model's own threshold, 0 to 1
 * @param classes class numbers to keep; empty keeps all; text is the only class, 0, of its detector
 * @param deadline how long the call may wait for a free slot, from its start
 */
public record DetectOptions(
    Optional<Rect> region,
    OptionalDouble scoreThreshold,
    Set<Integer> classes,
    Optional<Duration> deadline) {
  /** The whole picture, the model's threshold, all classes, no deadline. */
  public static final DetectOptions DEFAULT =
      new DetectOptions(Optional.empty(), OptionalDouble.empty(), Set.of(), Optional.empty());

  /** Checks the values and copies the set. */
  public DetectOptions {
    CallOptions.checkDeadline(deadline);
    classes = Set.copyOf(classes);
  }

  /** The same with a region of interest. */
  public DetectOptions withRegion(Rect region) {
    return new DetectOptions(Optional.of(region), scoreThreshold, classes, deadline);
  }

  /** The same with a score threshold. */
  public DetectOptions withScoreThreshold(double scoreThreshold) {
    return new DetectOptions(region, OptionalDouble.of(scoreThreshold), classes, deadline);
  }

  /** The same with the classes to keep. */
  public DetectOptions withClasses(Set<Integer> classes) {
    return new DetectOptions(region, scoreThreshold, classes, deadline);
  }

  /** The same with a deadline. */
  public DetectOptions withDeadline(Duration deadline) {
    return new DetectOptions(region, scoreThreshold, classes, Optional.of(deadline));
  }
}
