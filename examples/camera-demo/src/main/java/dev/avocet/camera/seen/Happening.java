package dev.avocet.camera.seen;

/**
 * Something that happened in a scene.
 *
 * @param kind what
 * @param name of the line or zone
 * @param trackId whose
 * @param classId the object's class
 * @param label the object's class by name
 */
public record Happening(Kind kind, String name, long trackId, int classId, String label) {
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
