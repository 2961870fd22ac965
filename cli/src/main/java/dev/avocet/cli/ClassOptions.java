package dev.avocet.cli;

import dev.avocet.ClassifyOptions;
import dev.avocet.core.Rect;
import dev.avocet.core.postprocess.HeadOptions;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** Options of commands that name classes. */
final class ClassOptions {
  @Option(
      names = "--topk",
      paramLabel = "K",
      description = "Name the K best classes (default: as many as the model says).")
  private Integer topK;

  /** The options; ends the command where they make no sense on any model. */
  ClassifyOptions check(Optional<Rect> region) {
    OptionalInt count = topK == null ? OptionalInt.empty() : OptionalInt.of(topK);
    // The same check as in each call, before any work is done.
    CommandFailure.orExit(
        CommandFailure.USAGE, () -> new HeadOptions(OptionalDouble.empty(), count));
    return new ClassifyOptions(count, region, Optional.empty());
  }
}
