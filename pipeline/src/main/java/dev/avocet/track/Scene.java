package dev.avocet.track;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Point;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lines to be crossed and zones to be entered. Positions are shares of the picture's width and
 * height, 0 to 1, so that a scene stays as it is when a camera changes its resolution; they may lie
 * outside of the picture by half of it. Immutable. What cannot be counted at is refused with
 * INVALID_ARG and a sentence that names it.
 *
 * @param lines names are unique among lines and zones
 * @param zones names are unique among lines and zones; at most {@value #MOST} lines and zones
 */
public record Scene(List<Line> lines, List<Zone> zones) {
  /** How many lines and zones a scene has at most. */
  public static final int MOST = 64;

  /** How many corners a zone has at most. */
  public static final int MOST_CORNERS = 64;

  private static final int LONGEST_NAME = 100;
  private static final float LEAST_SHARE = -.5f;
  private static final float MOST_SHARE = 1.5f;

  /** Nothing to count at. */
  public static final Scene EMPTY = new Scene(List.of(), List.of());

  /** Copies the lists and checks the names. */
  public Scene {
    lines = List.copyOf(lines);
    zones = List.copyOf(zones);
    if (lines.size() + zones.size() > MOST) {
      throw AvocetException.invalidArgument(
          "lines=%d zones=%d: a scene has at most %d of them in all"
              .formatted(lines.size(), zones.size(), MOST));
    }
    Set<String> names = new HashSet<>();
    Stream.concat(lines.stream().map(Line::name), zones.stream().map(Zone::name))
        .forEach(
            name -> {
              if (!names.add(name)) {
                throw AvocetException.invalidArgument(
                    "name='%s' is there twice: lines and zones need names of their own"
                        .formatted(name));
              }
            });
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
   * @param name of the line, 1 to 100 characters
   * @param from its first point
   * @param to its second point, another one
   * @param labels classes that count; empty for all
   * @param anchor which point of a box crosses it
   */
  public record Line(String name, Point from, Point to, Set<String> labels, Anchor anchor) {
    /** Copies the set and checks the values. */
    public Line {
      labels = Set.copyOf(labels);
      checkName("line", name);
      checkPoint("line", name, from);
      checkPoint("line", name, to);
      checkAnchor("line", name, anchor);
      if (from.equals(to)) {
        throw AvocetException.invalidArgument(
            "line '%s' begins and ends at %s,%s: expected two different points"
                .formatted(name, from.x(), from.y()));
      }
    }
  }

  /**
   * A zone.
   *
   * @param name of the zone, 1 to 100 characters
   * @param corners of a polygon that does not cross itself, 3 to {@value #MOST_CORNERS}
   * @param labels classes that count; empty for all
   * @param anchor which point of a box is inside
   */
  public record Zone(String name, List<Point> corners, Set<String> labels, Anchor anchor) {
    /** Copies the list and the set and checks the values. */
    public Zone {
      corners = List.copyOf(corners);
      labels = Set.copyOf(labels);
      checkName("zone", name);
      if (corners.size() < 3 || corners.size() > MOST_CORNERS) {
        throw AvocetException.invalidArgument(
            "zone '%s' has %d corners: expected 3 to %d"
                .formatted(name, corners.size(), MOST_CORNERS));
      }
      for (Point corner : corners) {
        checkPoint("zone", name, corner);
      }
      checkAnchor("zone", name, anchor);
    }
  }

  private static void checkName(String what, String name) {
    if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
      throw AvocetException.invalidArgument(
          "%s name='%s': expected a name of 1 to %d characters"
              .formatted(what, name, LONGEST_NAME));
    }
  }

  private static void checkPoint(String what, String name, Point point) {
    if (point == null || !isShare(point.x()) || !isShare(point.y())) {
      throw AvocetException.invalidArgument(
          "%s '%s' has %s: expected shares of the picture's width and height, %s to %s"
              .formatted(what, name, point, LEAST_SHARE, MOST_SHARE));
    }
  }

  private static boolean isShare(float value) {
    return value >= LEAST_SHARE && value <= MOST_SHARE;
  }

  private static void checkAnchor(String what, String name, Anchor anchor) {
    if (anchor == null) {
      throw AvocetException.invalidArgument(
          "%s '%s' has no anchor: expected one of %s"
              .formatted(what, name, List.of(Anchor.values())));
    }
  }
}
