package dev.avocet.track;

/** Whether people are searched for in a frame, besides following those known. */
public enum DetectionMode {
  /** Every {@link TrackerParams#detectionInterval} frames. */
  AUTO,
  /** In this frame. */
  FORCED,
  /** Not in this frame. */
  NEVER
}
