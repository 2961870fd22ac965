package dev.avocet.track;

import dev.avocet.core.Point;
import java.util.List;
import java.util.Set;

/**
 * Lines to be crossed and zones to be entered. Positions are shares of the picture's width and
 * height, 0 to 1, so that a scene stays as it is when a camera changes its resolution. Immutable.
 *
 * @param lines names are unique among lines and zones
 * @param zones names are unique among lines and zones
 */
public record Scene(List<Line> lines, List<Zone> zones) {
  /** Nothing to count at. */
  public static final Scene EMPTY = new Scene(List.of(), List.of());

  /** Copies the lists. */
  public Scene {
    lines = List.copyOf(lines);
    zones = List.copyOf(zones);
  }

  /** Which point of a box is looked at. */
  public enum Anchor {
    /** Its centre. */
    CENTRE,
    /** The middle of its lower edge, where a person stands. */
    BOTTOM
  }

  /**
   * A line. Seen from {@code from} towards {@code to}, crossing it from the left to the right is
   * <em>in</em>.
   *
   * @param name of the line
   * @param from its first point
   * @param to its second point
   * @param labels classes that count; empty for all
   * @param anchor which point of a box crosses it
   */
  public record Line(String name, Point from, Point to, Set<String> labels, Anchor anchor) {
    /** Copies the set. */
    public Line {
      labels = Set.copyOf(labels);
    }
  }

  /**
   * A zone.
   *
   * @param name of the zone
   * @param corners of a polygon that does not cross itself, at least three
   * @param labels classes that count; empty for all
   * @param anchor which point of a box is inside
   */
  public record Zone(String name, List<Point> corners, Set<String> labels, Anchor anchor) {
    /** Copies the list and the set. */
    public Zone {
      corners = List.copyOf(corners);
      labels = Set.copyOf(labels);
    }
  }
}
