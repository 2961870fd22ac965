package dev.avocet.postprocess.text;

import static dev.avocet.postprocess.HeadTests.tensor;
import static dev.avocet.postprocess.TextTests.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreMapTest {
  @Test
  void shouldFindTheBordersOfRegionsAndHolesOfTheAskedEntry() {
    Tensor maps = tensor(DataType.FLOAT32, Shape.of(2, 1, 8, 9));
    fill(maps, 1, 1, 1, 6, 6, 0.5f);
    fill(maps, 1, 3, 3, 4, 4, 0.49f);

    ScoreMap map = ScoreMap.of("output", maps, 1);
    List<int[]> contours = map.contours(0.5f, 10);

    assertThat(contours).hasSize(2);
    // The border of a hole runs through the pixels around it.
    assertThat(contours.get(0)).containsExactly(2, 3, 3, 2, 4, 2, 5, 3, 5, 4, 4, 5, 3, 5, 2, 4);
    assertThat(contours.get(1)).containsExactly(1, 1, 1, 6, 6, 6, 6, 1);
    assertThat(map.contours(0.5f, 1)).hasSize(1);
    assertThat(map.contours(0.6f, 10)).isEmpty();

    assertThat(ScoreMap.of("output", maps, 0).contours(0.5f, 10)).isEmpty();
  }

  @Test
  void shouldAverageThePolygonWithItsEdgesAndLeaveOutWhatIsBeyondTheMap() {
    Tensor values = tensor(DataType.FLOAT32, Shape.of(1, 4, 4));
    fill(values, 0, 0, 0, 1, 1, 1);

    ScoreMap map = ScoreMap.of("output", values, 0);
    assertThat(map.mean(new int[] {0, 0, 1, 0, 1, 1, 0, 1})).isEqualTo(1);
    assertThat(map.mean(new int[] {0, 0, 2, 0, 2, 1, 0, 1})).isEqualTo(4 / 6f);
    assertThat(map.mean(new int[] {-2, -2, 1, -2, 1, 1, -2, 1})).isEqualTo(1);
    assertThat(map.mean(new int[] {5, 5, 7, 5, 7, 7})).isZero();
  }

  @Test
  void shouldFailWhenAPixelIsNaN() {
    Tensor values = tensor(DataType.FLOAT32, Shape.of(1, 2, 3));
    values.floats().put(5, Float.NaN);

    ScoreMap map = ScoreMap.of("output", values, 0);
    assertThatThrownBy(() -> map.contours(0.5f, 10))
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining("holds NaN: the score at 2,1 in \"output\"");
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32,1,2,4,4", "INT32,1,1,4,4", "FLOAT32,1,1,0,4", "FLOAT32,1,1,4,0"})
  void shouldSayExpectedAndFoundWhenTheOutputIsWrong(DataType type, int b, int c, int h, int w) {
    Shape shape = Shape.of(b, c, h, w);

    assertThatThrownBy(() -> ScoreMap.of("p", tensor(type, shape), 0))
        .isInstanceOf(AvocetException.class)
        .hasMessage(
            "output \"p\": expected FLOAT32[B,H,W] or FLOAT32[B,1,H,W], found " + type + shape);
  }
}
