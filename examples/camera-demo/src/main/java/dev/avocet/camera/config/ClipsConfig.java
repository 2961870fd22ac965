package dev.avocet.camera.config;

import dev.avocet.core.AvocetException;

/**
 * Videos around events.
 *
 * @param folder for the files
 * @param quotaBytes the oldest clips are deleted so that all together stay below; 10 MB or more
 * @param beforeSeconds how much before the event is kept, 0 to 60
 * @param afterSeconds how much after the last event is kept, 0 to 60
 */
public record ClipsConfig(
    String folder, long quotaBytes, double beforeSeconds, double afterSeconds) {
  private static final long LEAST_QUOTA = 10_000_000;
  private static final double MOST_SECONDS = 60;

  /** Checks the values: INVALID_ARG. */
  public ClipsConfig {
    if (folder.isBlank()) {
      throw AvocetException.invalidArgument("folder=: name a folder for the clips");
    }
    if (quotaBytes < LEAST_QUOTA) {
      throw AvocetException.invalidArgument(
          "quota_bytes=%d: expected %d or more".formatted(quotaBytes, LEAST_QUOTA));
    }
    seconds("before_seconds", beforeSeconds);
    seconds("after_seconds", afterSeconds);
  }

  private static void seconds(String name, double value) {
    if (!(value >= 0 && value <= MOST_SECONDS)) {
      throw AvocetException.invalidArgument(
          "%s=%s: expected 0 to %.0f".formatted(name, value, MOST_SECONDS));
    }
  }
}
