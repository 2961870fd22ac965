package dev.avocet.postprocess.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RotatedBoxTest {
  @Test
  void shouldCallTheUprightSideOfAnUprightBoxItsWidth() {
    RotatedBox box = RotatedBox.around(new int[] {10, 10, 50, 10, 50, 20, 10, 20, 30, 15});

    assertThat(box.width()).isEqualTo(10);
    assertThat(box.height()).isEqualTo(40);
    assertThat(box.shortSide()).isEqualTo(10);
    assertThat(box.rounded()).containsExactly(10, 10, 50, 10, 50, 20, 10, 20);
  }

  @Test
  void shouldTurnWithThePoints() {
    // A square on its tip: sides of 10 times the square root of 2.
    RotatedBox box = RotatedBox.around(new int[] {10, 0, 20, 10, 10, 20, 0, 10});

    assertThat(box.width()).isEqualTo(14.1421f, within(1e-3f));
    assertThat(box.height()).isEqualTo(14.1421f, within(1e-3f));
    assertThat(box.rounded()).containsExactly(0, 10, 10, 0, 20, 10, 10, 20);
  }

  @Test
  void shouldBeALineOrAPointWhenThePointsAre() {
    RotatedBox line = RotatedBox.around(new int[] {0, 0, 6, 8, 3, 4});
    RotatedBox point = RotatedBox.around(new int[] {7, 9, 7, 9});

    assertThat(line.width()).isEqualTo(10);
    assertThat(line.height()).isZero();
    assertThat(point.rounded()).containsExactly(7, 9, 7, 9, 7, 9, 7, 9);
  }

  @Property(tries = 500)
  void shouldHoldAllPointsAndBeNoLargerThanTheUprightBox(
      @ForAll @Size(min = 2, max = 80) int[] noise) {
    int[] points = new int[noise.length / 2 * 2];
    int[] low = {Integer.MAX_VALUE, Integer.MAX_VALUE};
    int[] high = {Integer.MIN_VALUE, Integer.MIN_VALUE};
    for (int i = 0; i < points.length; i++) {
      points[i] = Math.floorMod(noise[i], 200) - 50;
      low[i % 2] = Math.min(low[i % 2], points[i]);
      high[i % 2] = Math.max(high[i % 2], points[i]);
    }

    RotatedBox box = RotatedBox.around(points);

    double upright = (double) (high[0] - low[0]) * (high[1] - low[1]);
    assertThat((double) box.width() * box.height()).isLessThanOrEqualTo(upright * 1.001 + 0.5);
    for (int i = 0; i < points.length; i += 2) {
      for (int side = 0; side < 4; side++) {
        int next = (side + 1) % 4;
        double dx = box.x(next) - box.x(side);
        double dy = box.y(next) - box.y(side);
        double length = Math.max(Math.hypot(dx, dy), 1e-9);
        double outside =
            ((points[i] - box.x(side)) * dy - (points[i + 1] - box.y(side)) * dx) / length;
        // Cosines in float32 do not tell edges apart that differ by less than 0.0004 radians.
        assertThat(length < 0.1 ? 0 : outside).isLessThan(0.1);
      }
    }
  }
}
