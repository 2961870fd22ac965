package dev.avocet.track;

/**
 * Something that happened at a line or zone of a {@link Scene}.
 *
 * @param kind what
 * @param name of the line or zone
 * @param trackId number of the object's track
 * @param index of the object's box in the call; -1 where the object is gone
 */
public record SceneEvent(Kind kind, String name, long trackId, int index) {
  /** What can happen. */
  public enum Kind {
    /** A line was crossed from its left to its right side, as seen from its first point. */
    LINE_IN,
    /** A line was crossed the other way. */
    LINE_OUT,
    /** A zone was entered. */
    ZONE_ENTERED,
    /** A zone was left. */
    ZONE_LEFT
  }
}
