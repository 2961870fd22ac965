package dev.avocet.track;

import dev.avocet.Box;
import dev.avocet.Detection;
import dev.avocet.core.AvocetException;
import dev.avocet.track.Scene.Line;
import dev.avocet.track.Scene.Zone;
import dev.avocet.track.SceneEvent.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts who crosses the lines of a scene and who is in its zones, from the boxes that a {@link
 * BoxTracker} follows.
 *
 * <p>An object has crossed a line when the way of its anchor, from frame to frame, has crossed it
 * and then has gone away from it by 5 % of the box's size (the mean of width and height). So one
 * that trembles on the line is not counted, one that turns back on it is not either, and one that
 * is lost on it is counted if it was on the other side, when it is forgotten. Who goes around a
 * line's end has not crossed it. A zone is entered when the anchor is inside; it is left when the
 * anchor is outside by that much, or the object is forgotten.
 *
 * <p>Confined to one thread at a time. However many come by, no more than the {@value
 * #MOST_OBJECTS} objects seen last are known.
 */
public final class SceneCounter {
  /** How many objects are known at a time. */
  public static final int MOST_OBJECTS = 4096;

  private static final double MARGIN = .05;

  private final List<LineCount> lines;
  private final List<ZoneCount> zones;
  private final double keptSeconds;
  private final FrameClock clock = new FrameClock();

  /** By number of the track, the one seen last at the end. */
  private final Map<Long, Passer> passers = new LinkedHashMap<>();

  /** What is known of an object that is followed. */
  private static final class Passer {
    /** For each line how often it was crossed from left to right, less how often the other way. */
    final int[] crossed;

    final boolean[] inside;

    /** In shares of the picture. */
    Extent last;

    double unseenSeconds;

    Passer(int lines, int zones, Extent box) {
      crossed = new int[lines];
      inside = new boolean[zones];
      last = box;
    }
  }

  private static final class LineCount {
    final Line line;
    final Place from;
    final Place to;
    long in;
    long out;

    LineCount(Line line) {
      this.line = line;
      from = Place.of(line.from());
      to = Place.of(line.to());
    }

    SceneEvent count(boolean right, long id, int index) {
      if (right) {
        in++;
      } else {
        out++;
      }
      return new SceneEvent(right ? Kind.LINE_IN : Kind.LINE_OUT, line.name(), id, index);
    }
  }

  private static final class ZoneCount {
    final Zone zone;
    final List<Place> corners;
    long entered;
    long inside;

    ZoneCount(Zone zone) {
      this.zone = zone;
      corners = zone.corners().stream().map(Place::of).toList();
    }

    SceneEvent enter(long id, int index) {
      entered++;
      inside++;
      return new SceneEvent(Kind.ZONE_ENTERED, zone.name(), id, index);
    }

    SceneEvent leave(long id, int index) {
      inside--;
      return new SceneEvent(Kind.ZONE_LEFT, zone.name(), id, index);
    }
  }

  /** For a tracker with the default parameters. */
  public SceneCounter(Scene scene) {
    this(scene, BoxTracker.Params.DEFAULT);
  }

  /**
   * Before the first frame.
   *
   * @param scene where to count
   * @param params of the tracker: an object is forgotten when the tracker forgets it
   */
  public SceneCounter(Scene scene, BoxTracker.Params params) {
    lines = scene.lines().stream().map(LineCount::new).toList();
    zones = scene.zones().stream().map(ZoneCount::new).toList();
    keptSeconds = params.keptSeconds();
  }

  /**
   * Goes one frame on.
   *
   * @param timeMillis of the frame, as for {@link BoxTracker#update}
   * @param width of the frame, in pixels
   * @param height of the frame, in pixels
   * @param ids of the boxes; those below zero are passed over
   * @param boxes in pixels of the frame; those empty or not finite are passed over
   * @param labels of the boxes
   * @return what has happened, in the order of the boxes, and then to those that are forgotten
   * @throws AvocetException INVALID_ARG where the lengths differ, a box or label is null, an id is
   *     there twice, or the frame has no pixels; the frame does not count then
   */
  public List<SceneEvent> update(
      double timeMillis, int width, int height, long[] ids, List<Box> boxes, List<String> labels) {
    check(width, height, ids, boxes, labels);
    double seconds = clock.step(timeMillis);
    passers.values().forEach(passer -> passer.unseenSeconds += seconds);
    List<SceneEvent> events = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      Extent box = Extent.of(boxes.get(i));
      if (ids[i] >= 0 && box.isProper()) {
        see(new Sighting(ids[i], i, box, labels.get(i), width, height), events);
      }
    }
    forget(events);
    return events;
  }

  /** The same for what a detector has found, by the names of its classes. */
  public List<SceneEvent> update(
      double timeMillis, int width, int height, long[] ids, List<Detection> found) {
    return update(
        timeMillis,
        width,
        height,
        ids,
        found.stream().map(Detection::box).toList(),
        found.stream().map(Detection::name).toList());
  }

  /**
   * How many there were so far: for each line of the scene {@code in} and {@code out}, for each
   * zone {@code inside} (now) and {@code entered}, in this order. A copy.
   */
  public Map<String, Map<String, Long>> counts() {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    lines.forEach(l -> counts.put(l.line.name(), two("in", l.in, "out", l.out)));
    zones.forEach(z -> counts.put(z.zone.name(), two("inside", z.inside, "entered", z.entered)));
    return Collections.unmodifiableMap(counts);
  }

  private static Map<String, Long> two(String a, long first, String b, long second) {
    Map<String, Long> map = new LinkedHashMap<>();
    map.put(a, first);
    map.put(b, second);
    return Collections.unmodifiableMap(map);
  }

  /** How many objects are known. */
  int size() {
    return passers.size();
  }

  private static void check(
      int width, int height, long[] ids, List<Box> boxes, List<String> labels) {
    if (ids.length != boxes.size() || ids.length != labels.size()) {
      throw AvocetException.invalidArgument(
          "ids=%d boxes=%d labels=%d: expected as many of each"
              .formatted(ids.length, boxes.size(), labels.size()));
    }
    if (width < 1 || height < 1) {
      throw AvocetException.invalidArgument(
          "width=%d height=%d: expected a frame of one pixel or more".formatted(width, height));
    }
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < ids.length; i++) {
      if (boxes.get(i) == null || labels.get(i) == null) {
        throw AvocetException.invalidArgument(
            "boxes[%d]=%s labels[%d]=%s: expected a box and a label"
                .formatted(i, boxes.get(i), i, labels.get(i)));
      }
      if (ids[i] >= 0 && !seen.add(ids[i])) {
        throw AvocetException.invalidArgument(
            "ids[%d]=%d is there twice: expected one box an object".formatted(i, ids[i]));
      }
    }
  }

  /** A followed box in a frame, in pixels. */
  private record Sighting(long id, int index, Extent box, String label, int width, int height) {
    /** The box in shares of the frame. */
    Extent shares() {
      return new Extent(box.x1() / width, box.y1() / height, box.x2() / width, box.y2() / height);
    }

    /** How far from a line it is away from it, in pixels. */
    double margin() {
      return MARGIN * (box.width() + box.height()) / 2;
    }

    Place pixels(Place share) {
      return share.scaled(width, height);
    }
  }

  private void see(Sighting seen, List<SceneEvent> events) {
    Extent shares = seen.shares();
    Passer passer = passers.remove(seen.id());
    if (passer == null) {
      passer = new Passer(lines.size(), zones.size(), shares);
    }
    for (int i = 0; i < passer.crossed.length; i++) {
      if (counts(lines.get(i).line.labels(), seen.label())) {
        seeLine(i, passer, shares, seen, events);
      }
    }
    for (int i = 0; i < passer.inside.length; i++) {
      if (counts(zones.get(i).zone.labels(), seen.label())) {
        seeZone(i, passer, shares, seen, events);
      }
    }
    passer.last = shares;
    passer.unseenSeconds = 0;
    passers.put(seen.id(), passer);
  }

  private static boolean counts(Set<String> labels, String label) {
    return labels.isEmpty() || labels.contains(label);
  }

  private void seeLine(
      int i, Passer passer, Extent shares, Sighting seen, List<SceneEvent> events) {
    LineCount line = lines.get(i);
    Place last = Place.of(passer.last, line.line.anchor());
    Place now = Place.of(shares, line.line.anchor());
    passer.crossed[i] += last.crossing(now, line.from, line.to);
    if (passer.crossed[i] != 0) {
      double distance = seen.pixels(now).distance(seen.pixels(line.from), seen.pixels(line.to));
      if (distance > seen.margin()) {
        events.add(line.count(passer.crossed[i] > 0, seen.id(), seen.index()));
        passer.crossed[i] = 0;
      }
    }
  }

  private void seeZone(
      int i, Passer passer, Extent shares, Sighting seen, List<SceneEvent> events) {
    ZoneCount zone = zones.get(i);
    Place now = Place.of(shares, zone.zone.anchor());
    boolean inside = now.isInside(zone.corners);
    if (inside && !passer.inside[i]) {
      events.add(zone.enter(seen.id(), seen.index()));
      passer.inside[i] = true;
    } else if (!inside && passer.inside[i]) {
      List<Place> corners = zone.corners.stream().map(seen::pixels).toList();
      if (seen.pixels(now).distance(corners) > seen.margin()) {
        events.add(zone.leave(seen.id(), seen.index()));
        passer.inside[i] = false;
      }
    }
  }

  /** Those not seen for long, and beyond them as many as are too many. */
  private void forget(List<SceneEvent> events) {
    Iterator<Map.Entry<Long, Passer>> longestUnseen = passers.entrySet().iterator();
    while (longestUnseen.hasNext()) {
      Map.Entry<Long, Passer> entry = longestUnseen.next();
      Passer passer = entry.getValue();
      if (passer.unseenSeconds <= keptSeconds && passers.size() <= MOST_OBJECTS) {
        return;
      }
      longestUnseen.remove();
      for (int i = 0; i < passer.crossed.length; i++) {
        if (passer.crossed[i] != 0) {
          events.add(lines.get(i).count(passer.crossed[i] > 0, entry.getKey(), -1));
        }
      }
      for (int i = 0; i < passer.inside.length; i++) {
        if (passer.inside[i]) {
          events.add(zones.get(i).leave(entry.getKey(), -1));
        }
      }
    }
  }
}
