package dev.avocet.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Point;
import dev.avocet.core.Status;
import dev.avocet.track.Scene.Anchor;
import dev.avocet.track.Scene.Line;
import dev.avocet.track.Scene.Zone;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engineless")
class SceneTest {
  private static final Point A = new Point(0, 0);
  private static final Point B = new Point(1, 0);
  private static final Point C = new Point(1, 1);

  private static Line line(String name, Point from, Point to) {
    return new Line(name, from, to, Set.of(), Anchor.CENTRE);
  }

  private static Zone zone(String name, List<Point> corners) {
    return new Zone(name, corners, Set.of(), Anchor.BOTTOM);
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARG))
        .hasMessage(message);
  }

  @Test
  void shouldTakeWhatLiesBesideThePicture() {
    Line line = line("gate", new Point(-.5f, 0), new Point(1.5f, 1));
    Zone zone = zone("desk", List.of(A, B, new Point(1, 1.5f)));
    assertThat(new Scene(List.of(line), List.of(zone)).lines()).containsExactly(line);
  }

  @Test
  void shouldRefuseNamesThatAreNone() {
    assertRefused(() -> line(" ", A, B), "line name=' ': expected a name of 1 to 100 characters");
    assertRefused(
        () -> zone(null, List.of(A, B, C)),
        "zone name='null': expected a name of 1 to 100 characters");
    assertThatThrownBy(() -> line("x".repeat(101), A, B)).isInstanceOf(AvocetException.class);
  }

  @Test
  void shouldRefuseANameThatIsThereTwice() {
    List<Line> lines = List.of(line("gate", A, B));
    List<Zone> zones = List.of(zone("gate", List.of(A, B, C)));
    assertRefused(
        () -> new Scene(lines, zones),
        "name='gate' is there twice: lines and zones need names of their own");
  }

  @Test
  void shouldRefusePointsFarAway() {
    assertRefused(
        () -> line("gate", A, new Point(Float.NaN, 0)),
        "line 'gate' has Point[x=NaN, y=0.0]: expected shares of the picture's width and height,"
            + " -0.5 to 1.5");
    assertRefused(
        () -> zone("desk", List.of(A, B, new Point(0, 640))),
        "zone 'desk' has Point[x=0.0, y=640.0]: expected shares of the picture's width and"
            + " height, -0.5 to 1.5");
    assertThatThrownBy(() -> line("gate", null, B)).isInstanceOf(AvocetException.class);
  }

  @Test
  void shouldRefuseShapesThatAreNone() {
    assertRefused(
        () -> line("gate", C, C),
        "line 'gate' begins and ends at 1.0,1.0: expected two different points");
    assertRefused(() -> zone("desk", List.of(A, B)), "zone 'desk' has 2 corners: expected 3 to 64");
    assertRefused(
        () -> zone("desk", Collections.nCopies(65, A)),
        "zone 'desk' has 65 corners: expected 3 to 64");
    assertRefused(
        () -> new Line("gate", A, B, Set.of(), null),
        "line 'gate' has no anchor: expected one of [CENTRE, BOTTOM]");
  }

  @Test
  void shouldRefuseMoreThanCanBeCountedAt() {
    List<Line> lines = IntStream.range(0, 64).mapToObj(i -> line("line " + i, A, B)).toList();
    assertThat(new Scene(lines, List.of()).lines()).hasSize(64);
    assertRefused(
        () -> new Scene(lines, List.of(zone("desk", List.of(A, B, C)))),
        "lines=64 zones=1: a scene has at most 64 of them in all");
  }
}
