package dev.avocet.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.Box;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Point;
import dev.avocet.core.Status;
import dev.avocet.track.Scene.Anchor;
import dev.avocet.track.Scene.Line;
import dev.avocet.track.Scene.Zone;
import dev.avocet.track.SceneEvent.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Boxes of 20 x 20 pixels in frames of 200 x 100: the margin is one pixel. */
@Tag("engineless")
class SceneCounterTest {
  private static final int WIDTH = 200;
  private static final int HEIGHT = 100;

  /** In the middle, from below to above, not quite: what goes to the right goes in. */
  private static final Line GATE = line(Set.of(), Anchor.CENTRE);

  /** The right half but for a rim. */
  private static final Zone DESK =
      new Zone(
          "desk",
          List.of(
              new Point(.5f, .1f), new Point(.9f, .1f), new Point(.9f, .9f), new Point(.5f, .9f)),
          Set.of(),
          Anchor.CENTRE);

  private final List<SceneEvent> events = new ArrayList<>();
  private SceneCounter counter = new SceneCounter(new Scene(List.of(GATE), List.of()));
  private double now;

  private static Line line(Set<String> labels, Anchor anchor) {
    return new Line("gate", new Point(.5f, .9f), new Point(.5f, .1f), labels, anchor);
  }

  private static Box around(double x, double y) {
    return new Box((float) x - 10, (float) y - 10, (float) x + 10, (float) y + 10);
  }

  private void scene(List<Line> lines, List<Zone> zones) {
    counter = new SceneCounter(new Scene(lines, zones));
  }

  private void update(double seconds, long[] ids, List<Box> boxes, String label) {
    now += seconds * 1000;
    List<String> labels = Collections.nCopies(ids.length, label);
    events.addAll(counter.update(now, WIDTH, HEIGHT, ids, boxes, labels));
  }

  /** A person goes from place to place. */
  private void walk(long id, double... xy) {
    for (int i = 0; i < xy.length; i += 2) {
      update(.1, new long[] {id}, List.of(around(xy[i], xy[i + 1])), "person");
    }
  }

  private void assertGate(long in, long out) {
    assertThat(counter.counts()).containsEntry("gate", Map.of("in", in, "out", out));
  }

  @Test
  void shouldCountInFromTheLeftAndOutFromTheRight() {
    walk(4, 50, 50, 90, 50, 110, 50);
    assertThat(events).containsExactly(new SceneEvent(Kind.LINE_IN, "gate", 4, 0));
    walk(4, 150, 40, 70, 60, 20, 50);
    assertThat(events).hasSize(2).contains(new SceneEvent(Kind.LINE_OUT, "gate", 4, 0));
    assertGate(1, 1);
  }

  @Test
  void shouldGiveTheIndexOfTheBox() {
    List<Box> boxes = List.of(around(5, 5), around(150, 50), around(90, 50));
    walk(7, 90, 50);
    update(.1, new long[] {-1, 7, 8}, boxes, "person");
    assertThat(events).containsExactly(new SceneEvent(Kind.LINE_IN, "gate", 7, 1));
  }

  @Test
  void shouldNotCountWhoGoesAroundTheEnd() {
    walk(0, 90, 50, 90, 5, 110, 5, 110, 50);
    assertGate(0, 0);
    // Over it and around its end, again and again.
    for (int i = 0; i < 3; i++) {
      walk(0, 90, 50, 90, 5, 110, 5);
    }
    assertGate(0, 3);
  }

  @Test
  void shouldNotCountTremblingOnTheLine() {
    walk(0, 90, 50);
    for (int i = 0; i < 50; i++) {
      walk(0, 99.5, 50, 100.6, 50, 100, 50);
    }
    assertGate(0, 0);
    walk(0, 110, 50);
    for (int i = 0; i < 50; i++) {
      walk(0, 99.5, 50, 100.6, 50);
    }
    assertGate(1, 0);
    walk(0, 110, 50);
    assertGate(1, 0);
  }

  @Test
  void shouldCountWhoIsLostJustBehindTheLine() {
    walk(0, 90, 50, 100.5, 50);
    walk(1, 90, 50, 100.5, 50, 99.5, 50);
    update(1.6, new long[0], List.of(), "");
    assertGate(0, 0);
    update(1, new long[0], List.of(), "");
    assertThat(events).containsExactly(new SceneEvent(Kind.LINE_IN, "gate", 0, -1));
    assertThat(counter.size()).isZero();
  }

  @Test
  void shouldLookAtTheAnchorAndTheLabels() {
    scene(List.of(line(Set.of("person"), Anchor.BOTTOM)), List.of());
    // The line is between y = 10 and 90, the lower edge is 10 below the centre.
    walk(0, 90, 85, 110, 85);
    walk(1, 90, -5, 110, -5);
    assertGate(0, 0);
    walk(2, 90, 75, 110, 75);
    assertGate(1, 0);
    for (double x : new double[] {90, 110}) {
      update(.1, new long[] {3}, List.of(around(x, 50)), "dog");
    }
    assertGate(1, 0);
  }

  @Test
  void shouldCountWhoIsInAZone() {
    scene(List.of(), List.of(DESK));
    walk(0, 50, 50, 120, 50);
    walk(1, 150, 50);
    assertThat(events)
        .containsExactly(
            new SceneEvent(Kind.ZONE_ENTERED, "desk", 0, 0),
            new SceneEvent(Kind.ZONE_ENTERED, "desk", 1, 0));
    assertThat(counter.counts()).containsEntry("desk", Map.of("inside", 2L, "entered", 2L));
    events.clear();
    walk(0, 99.5, 50, 100.5, 50, 99.2, 50, 150, 50, 98, 50);
    assertThat(events).containsExactly(new SceneEvent(Kind.ZONE_LEFT, "desk", 0, 0));
    assertThat(counter.counts()).containsEntry("desk", Map.of("inside", 1L, "entered", 2L));
  }

  @Test
  void shouldLetWhoVanishesLeaveAfterAWhile() {
    scene(List.of(), List.of(DESK));
    walk(5, 150, 50);
    update(1.9, new long[0], List.of(), "");
    walk(5, 150, 50);
    assertThat(events).hasSize(1);
    update(2.1, new long[] {6}, List.of(around(20, 50)), "person");
    assertThat(events).hasSize(2).contains(new SceneEvent(Kind.ZONE_LEFT, "desk", 5, -1));
    assertThat(counter.counts()).containsEntry("desk", Map.of("inside", 0L, "entered", 1L));
  }

  @Test
  void shouldForgetWhenTheTrackerDoes() {
    BoxTracker.Params d = BoxTracker.Params.DEFAULT;
    counter =
        new SceneCounter(
            new Scene(List.of(), List.of(DESK)),
            new BoxTracker.Params(.4f, .1f, .5f, .2f, .4f, .5f, .1f, 10, .6f, d.confirmFrames()));
    walk(5, 150, 50);
    update(9.9, new long[0], List.of(), "");
    assertThat(events).hasSize(1);
    update(.2, new long[0], List.of(), "");
    assertThat(events).hasSize(2);
  }

  @Test
  void shouldNotCountWhereTheResolutionChanges() {
    walk(0, 90, 50);
    now += 100;
    Box twice = new Box(160, 80, 200, 120);
    events.addAll(
        counter.update(now, 2 * WIDTH, 2 * HEIGHT, new long[1], List.of(twice), List.of("person")));
    walk(0, 90, 50);
    assertGate(0, 0);
  }

  @Test
  void shouldHaveTheCountsInTheOrderOfTheScene() {
    scene(List.of(GATE), List.of(DESK));
    assertThat(counter.counts().toString())
        .isEqualTo("{gate={in=0, out=0}, desk={inside=0, entered=0}}");
    assertThat(new SceneCounter(Scene.EMPTY).counts()).isEmpty();
  }

  @Test
  void shouldRefuseWhatDoesNotFitTogether() {
    walk(3, 90, 50);
    List<Box> one = List.of(around(110, 50));
    assertRefused("ids=2 boxes=1 labels=1: expected as many of each", 9, 9, one, 3, 4);
    assertRefused("width=0 height=9: expected a frame of one pixel or more", 0, 9, one, 3);
    List<Box> two = List.of(one.get(0), one.get(0));
    assertRefused("ids[1]=3 is there twice: expected one box an object", 9, 9, two, 3, 3);
    assertRefused(
        "boxes[0]=null labels[0]=person: expected a box and a label",
        9,
        9,
        Collections.singletonList(null),
        3);
    assertGate(0, 0);
  }

  private void assertRefused(String message, int width, int height, List<Box> boxes, long... ids) {
    List<String> labels = Collections.nCopies(boxes.size(), "person");
    assertThatThrownBy(() -> counter.update(now, width, height, ids, boxes, labels))
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARG))
        .hasMessage(message);
  }
}
