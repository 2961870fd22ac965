package dev.avocet.media.ffmpeg;

/**
 * Turns a stream's time stamps into milliseconds from the first frame, which rise from frame to
 * frame whatever the stamps do: one that is missing, or not after the one before, counts as one
 * frame's time after it, and what follows is counted from there. Confined to one thread.
 */
final class FrameClock {
  /** Where nothing says how many frames a second there are. */
  private static final double DEFAULT_RATE = 25;

  private final double frameMillis;
  private boolean started;
  private boolean stamped;
  private double firstStamp;
  private double base;
  private double last;

  /**
   * @param rate frames a second, 0 where it is not known
   */
  FrameClock(double rate) {
    frameMillis = 1000 / (rate > 0 ? rate : DEFAULT_RATE);
  }

  /**
   * The time of the next frame.
   *
   * @param stamp in ms, from anywhere; NaN where there is none
   */
  double next(double stamp) {
    double time = started ? last + frameMillis : base;
    if (!Double.isNaN(stamp)) {
      double byStamp = base + stamp - firstStamp;
      if (stamped && byStamp > last) {
        time = byStamp;
      } else {
        stamped = true;
        firstStamp = stamp;
        base = time;
      }
    }
    started = true;
    last = time;
    return time;
  }

  /** Stamps begin anew: the next frame is at {@code millis}, or right after the one before. */
  void restart(double millis) {
    if (started) {
      last = Math.max(last, millis - frameMillis);
    }
    stamped = false;
  }
}
