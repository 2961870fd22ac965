package dev.avocet.media.ffmpeg;

import java.time.Duration;

/**
 * How long is waited for servers and devices.
 *
 * @param open until a connection stands and the stream is known
 * @param read until the next packet comes; later than that the connection counts as lost
 * @param firstPause before a lost connection is tried again; doubled from try to try
 * @param longestPause between two tries
 */
record Timing(Duration open, Duration read, Duration firstPause, Duration longestPause) {
  static final Timing DEFAULT =
      new Timing(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMillis(250),
          Duration.ofSeconds(5));

  /**
   * The pause after so many tries that failed.
   *
   * @param tries from 0
   */
  Duration pause(int tries) {
    Duration pause = firstPause.multipliedBy(1L << Math.min(tries, 20));
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
