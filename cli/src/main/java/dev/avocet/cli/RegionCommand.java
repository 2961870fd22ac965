package dev.avocet.cli;

import dev.avocet.core.Rect;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A command whose task can look at a part of each frame. */
abstract class RegionCommand extends ModelCommand {
  @Option(
      names = "--region",
      paramLabel = "X,Y,W,H",
      description = "Look at this part of each frame only.")
  private Rect region;

  final Optional<Rect> region() {
    return Optional.ofNullable(region);
  }
}
