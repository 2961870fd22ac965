package dev.avocet.cli;

import dev.avocet.DetectOptions;
import dev.avocet.core.Rect;
import dev.avocet.core.model.ModelCard;
import dev.avocet.core.postprocess.HeadOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options of commands that find objects. */
final class DetectionOptions {
  @Option(
      names = "--score",
      paramLabel = "S",
      description = "Keep what scores at least S, 0 to 1 (default: as the model says).")
  private Double score;

  @Option(
      names = "--classes",
      paramLabel = "CLASS",
      split = ",",
      description = "Keep these classes, by name or number, separated by commas.")
  private List<String> classes = List.of();

  /** Options without the classes; ends the command where they make no sense on any model. */
  DetectOptions check(Optional<Rect> region) {
    return CommandFailure.orExit(CommandFailure.USAGE, () -> options(score, region));
  }

  /** A threshold and a region; the former is checked as in each call, before any work is done. */
  static DetectOptions options(Double score, Optional<Rect> region) {
    DetectOptions options = DetectOptions.DEFAULT;
    if (score != null) {
      options = options.withScoreThreshold(score);
      new HeadOptions(OptionalDouble.of(score));
    }
    return region.isEmpty() ? options : options.withRegion(region.get());
  }

  /** Adds the classes, which the model has to have. */
  DetectOptions complete(DetectOptions options, ModelCard card) {
    Set<Integer> numbers = new HashSet<>();
    for (String name : classes) {
      int number = card.labels().indexOf(name);
      if (number < 0 && name.matches("\\d{1,9}")) {
        number = Integer.parseInt(name);
      }
      if (number < 0) {
        throw CommandFailure.usage(
            "--classes=%s: the model has no class \"%s\"; it has %s"
                .formatted(String.join(",", classes), name, card.labels()));
      }
      numbers.add(number);
    }
    return options.withClasses(numbers);
  }
}
