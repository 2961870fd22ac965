package dev.avocet.media.ffmpeg;

import dev.avocet.media.Frame;

/**
 * When frames are seen in a file: at the times that they carry, from 0 on and always later than the
 * one before; a picture without a time, and the first frame of another input, one frame's duration
 * after the one before. Confined to one thread.
 */
final class FileClock {
  /** Ticks a second: frames of 24, 25, 29.97, 30, 50 and 60 Hz fall on whole ticks. */
  static final int TICKS = 60_000;

  /** A millisecond, the finest that Matroska tells apart. */
  private static final int LEAST_STEP = TICKS / 1000;

  private final long duration;
  private long last;
  private double offset;
  private String input = "";
  private long index;

  FileClock(double frameRate) {
    duration = Math.max(LEAST_STEP, Math.round(TICKS / frameRate));
    last = -duration;
  }

  /** Ticks that a frame lasts where nothing else is known. */
  long duration() {
    return duration;
  }

  /** The time of the next frame, in ticks. */
  long next(Frame frame) {
    long time = last + duration;
    if (frame.timeMillis().isPresent()) {
      double ticks = frame.timeMillis().getAsDouble() * TICKS / 1000;
      boolean follows = frame.input().equals(input) && frame.index() > index;
      if (!follows) {
        offset = time - ticks;
      }
      time = Math.max(last + LEAST_STEP, Math.round(ticks + offset));
    }
    input = frame.input();
    index = frame.index();
    last = time;
    return time;
  }
}
