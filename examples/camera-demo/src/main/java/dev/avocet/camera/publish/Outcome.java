package dev.avocet.camera.publish;

import java.time.Duration;

/**
 * What has become of messages that a destination was given: the first {@code delivered} are done,
 * the next {@code refused} are given up, the others are to be given again.
 *
 * @param trouble what went wrong and what to do, a sentence without secrets; empty where nothing
 *     did
 * @param pause the least time before the next attempt, where the destination asks for one
 */
record Outcome(int delivered, int refused, String trouble, Duration pause) {
  static Outcome delivered(int count) {
    return new Outcome(count, 0, "", Duration.ZERO);
  }

  /** The first are done, the others are to be tried again. */
  static Outcome tryAgain(int delivered, String trouble) {
    return new Outcome(delivered, 0, trouble, Duration.ZERO);
  }

  /** The first are done, the one after them will never be. */
  static Outcome refused(int delivered, String trouble) {
    return new Outcome(delivered, 1, trouble, Duration.ZERO);
  }
}
