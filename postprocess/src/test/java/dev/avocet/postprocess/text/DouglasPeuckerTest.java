package dev.avocet.postprocess.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DouglasPeuckerTest {
  @Test
  void shouldDropWhatIsNearTheLine() {
    int[] border = {0, 0, 10, 1, 20, 0, 20, 10, 10, 13, 0, 10};

    assertThat(DouglasPeucker.simplify(border, 2))
        .containsExactly(0, 0, 20, 0, 20, 10, 10, 13, 0, 10);
    assertThat(DouglasPeucker.simplify(border, 4)).containsExactly(0, 0, 20, 0, 20, 10, 0, 10);
  }

  @Test
  void shouldCollapseALongThinBorderToItsEnds() {
    // Its height, 11, is below 1 % of its length, 1222.
    int[] border = {0, 0, 600, 0, 600, 11, 0, 11};

    assertThat(Polygons.perimeter(border)).isEqualTo(1222);
    assertThat(Polygons.simplify(border, 0.01)).hasSizeLessThan(8);
    assertThat(Polygons.simplify(border, 0.005)).hasSize(8);
  }

  @Test
  void shouldKeepOneCornerOfASpeck() {
    assertThat(DouglasPeucker.simplify(new int[] {3, 4}, 0)).containsExactly(3, 4);
    assertThat(DouglasPeucker.simplify(new int[] {3, 4, 4, 4}, 2)).containsExactly(3, 4);
  }

  @Property(tries = 300)
  void shouldAnswerSomeOfTheCorners(
      @ForAll @Size(min = 2, max = 100) int[] noise,
      @ForAll @DoubleRange(min = 0, max = 30) double tolerance) {
    int[] border = new int[noise.length / 2 * 2];
    for (int i = 0; i < border.length; i++) {
      border[i] = Math.floorMod(noise[i], 50);
    }

    int[] simple = DouglasPeucker.simplify(border, tolerance);

    assertThat(simple.length).isBetween(2, border.length);
    for (int i = 0; i < simple.length; i += 2) {
      boolean found = false;
      for (int j = 0; j < border.length; j += 2) {
        found |= border[j] == simple[i] && border[j + 1] == simple[i + 1];
      }
      assertThat(found).isTrue();
    }
  }
}
