package dev.avocet.postprocess.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UnclipTest {
  private static int[] rectangle(int x, int y, double width, double height, double angle) {
    double[][] corners = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
    int[] points = new int[8];
    for (int i = 0; i < 4; i++) {
      double u = corners[i][0] * width / 2;
      double v = corners[i][1] * height / 2;
      points[2 * i] = (int) Math.round(x + u * Math.cos(angle) - v * Math.sin(angle));
      points[2 * i + 1] = (int) Math.round(y + u * Math.sin(angle) + v * Math.cos(angle));
    }
    return points;
  }

  @Test
  void shouldMoveTheEdgesOfASquareByTheDistance() {
    int[] square = {0, 0, 20, 0, 20, 20, 0, 20};

    // 400 * 1.5 / 80
    assertThat(Unclip.distance(square, 1.5f)).isEqualTo(7.5);
    int[] hull = ConvexHull.of(Unclip.grow(square, 4).orElseThrow());

    // A chord may lie 0.25 inside of its arc: pi / acos(1 - 0.25 / 4) = 8.84 chords a circle, 2 of
    // 40.7 degrees a corner, 4 * (sin 40.7, cos 40.7) = (2.61, 3.03), and what is left of it.
    assertThat(hull)
        .containsExactly(
            23, -3, 24, 0, 24, 20, 23, 23, 20, 24, 0, 24, -3, 23, -4, 20, -4, 0, -3, -3, 0, -4, 20,
            -4);
  }

  @Property(tries = 300)
  void shouldHaveTheAreaOfTheSumWithADiscWhenARectangleGrows(
      @ForAll @DoubleRange(min = 20, max = 200) double width,
      @ForAll @DoubleRange(min = 10, max = 80) double height,
      @ForAll @DoubleRange(min = 0, max = 3.1) double angle,
      @ForAll @DoubleRange(min = 2, max = 30) double distance) {
    int[] polygon = rectangle(150, 150, width, height, angle);

    int[] grown = ConvexHull.of(Unclip.grow(polygon, distance).orElseThrow());

    double border = Polygons.perimeter(polygon);
    double exact = Polygons.area(polygon) + border * distance + Math.PI * distance * distance;
    // Rounding moves a corner by 0.71 at most, chords lie inside of their arcs by 0.25.
    double slack = (border + 2 * Math.PI * distance) * 0.75;
    assertThat(Polygons.area(grown)).isEqualTo(exact, within(slack));
  }

  @Property(tries = 300)
  void shouldAnswerPointsAroundThePolygonOrNothingWhateverItLooksLike(
      @ForAll @Size(min = 2, max = 60) int[] noise,
      @ForAll @IntRange(min = 1, max = 100) int extent,
      @ForAll @DoubleRange(min = 0.01, max = 500) double distance) {
    int[] polygon = new int[noise.length / 2 * 2];
    for (int i = 0; i < polygon.length; i++) {
      polygon[i] = Math.floorMod(noise[i], extent);
    }

    Optional<int[]> grown = Unclip.grow(polygon, distance);

    grown.ifPresent(
        points -> {
          assertThat(points).isNotEmpty();
          for (int p : points) {
            assertThat((double) p).isBetween(-distance - 1, extent + distance + 1);
          }
        });
  }

  @Test
  void shouldAnswerNothingWhenTheGrownRegionHasAHole() {
    // A ring that is open by 4 pixels: growing by 3 closes it around a hole of 14 by 14.
    int[] ring = {
      0, 0, 30, 0, 30, 30, 0, 30, 0, 17, 5, 17, 5, 25, 25, 25, 25, 5, 5, 5, 5, 13, 0, 13
    };

    assertThat(Unclip.grow(ring, 1)).isPresent();
    assertThat(Unclip.grow(ring, 3)).isEmpty();
    assertThat(Unclip.grow(ring, 11)).isPresent();
  }

  @Test
  void shouldAnswerNothingWhenThePolygonHasNoArea() {
    assertThat(Unclip.grow(new int[] {5, 5, 5, 5, 5, 5}, 3)).isEmpty();
    assertThat(Unclip.distance(new int[] {5, 5}, 1.5f)).isNaN();
    assertThat(Unclip.grow(new int[] {5, 5}, Double.NaN)).isEmpty();
    assertThat(Unclip.grow(new int[] {0, 0, 9, 0, 9, 9}, 0)).isEmpty();
  }

  @Test
  void shouldCountWhereTheCurveWindsForwardsOnly() {
    // Eights whose smaller loops, on the right, wind the other way; the answers are Clipper's.
    int[] eight = {0, 0, 50, 25, 50, 15, 0, 40};
    int[] almostATriangle = {0, 0, 44, 22, 44, 18, 0, 40};

    assertThat(Unclip.grow(eight, 1)).isEmpty();
    assertThat(ConvexHull.of(Unclip.grow(almostATriangle, 2).orElseThrow()))
        .containsExactly(44, 18, 45, 20, 44, 22, 1, 42, -1, 42, -2, 40, -2, 0, -1, -2, 1, -2);
  }
}
