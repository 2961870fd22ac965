package dev.avocet.cli;

import picocli.CommandLine.Option;

/** Options of the commands that say again and again how the machine is. */
final class WatchOptions {
  private static final double INTERVAL = 1;

  @Option(
      names = "--watch",
      description = "Say how the machine is, a line each time, until Ctrl-C.")
  private boolean watch;

  @Option(
      names = "--interval",
      paramLabel = "S",
      description = "With --watch: seconds from line to line (default: 1).")
  private Double interval;

  @Option(names = "--count", paramLabel = "N", description = "With --watch: end after N lines.")
  private Long count;

  /** Whether to watch; ends the command where only its other options are there. */
  boolean asked() {
    if (!watch && (interval != null || count != null)) {
      throw CommandFailure.usage("--interval and --count go with --watch");
    }
    return watch;
  }

  /** Lines to be said at most. */
  long count() {
    return count == null ? Long.MAX_VALUE : count;
  }

  /** A watch with these options; ends the command where they make no sense. */
  BoardWatch open(Console console, boolean json) {
    double seconds = interval == null ? INTERVAL : interval;
    if (!(seconds >= 0.1 && seconds <= 3600)) {
      throw CommandFailure.usage("--interval=%s: expected 0.1 to 3600".formatted(seconds));
    }
    if (count() < 1) {
      throw CommandFailure.usage("--count=%d: expected at least 1".formatted(count));
    }
    return new BoardWatch(console, json, seconds, count());
  }
}
