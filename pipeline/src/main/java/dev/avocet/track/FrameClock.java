package dev.avocet.track;

/** Makes steps of time between frames from timestamps that need not make sense. */
final class FrameClock {
  private static final double MOST_USUAL_SECONDS = 1;

  private double lastMillis = Double.NaN;
  private double usualSeconds = .1;

  /**
   * Seconds from the frame before to this one, more than zero. Where the time is not a number, or
   * not later than before, it is the step that came last, or 0.1 s.
   */
  double step(double timeMillis) {
    if (!Double.isFinite(timeMillis)) {
      lastMillis += usualSeconds * 1000;
      return usualSeconds;
    }
    double seconds = (timeMillis - lastMillis) / 1000;
    lastMillis = timeMillis;
    if (!(seconds > 0)) {
      return usualSeconds;
    }
    usualSeconds = Math.min(seconds, MOST_USUAL_SECONDS);
    return seconds;
  }
}
