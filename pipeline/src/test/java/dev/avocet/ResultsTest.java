package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Point;
import dev.avocet.core.postprocess.SegmentationMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engineless")
class ResultsTest {
  @Test
  void shouldGiveTheCornersOfATurnedBox() {
    assertThat(rotated(0).corners().corners())
        .containsExactly(
            new Point(90, 45), new Point(110, 45), new Point(110, 55), new Point(90, 55));
    List<Point> quarter = rotated((float) (Math.PI / 2)).corners().corners();
    float[] wanted = {105, 40, 105, 60, 95, 60, 95, 40};
    for (int i = 0; i < 4; i++) {
      assertThat(quarter.get(i).x()).isCloseTo(wanted[2 * i], within(1e-4f));
      assertThat(quarter.get(i).y()).isCloseTo(wanted[2 * i + 1], within(1e-4f));
    }
  }

  private static RotatedDetection rotated(float angle) {
    return new RotatedDetection(0, Optional.empty(), 1, 100, 50, 20, 10, angle);
  }

  @Test
  void shouldTakeTheHighestScoreAsAPixelsClass() {
    float[] scores = {0.1f, 0.9f, 0.5f, 0.9f, 0.2f, 0.5f};
    Segmentation map =
        new Segmentation(new SegmentationMap(3, 1, 2, null, scores), List.of("road", "sky"));
    assertThat(map.label(0, 0)).isEqualTo(1);
    assertThat(map.label(1, 0)).isZero();
    assertThat(map.label(2, 0)).isZero();
    assertThat(map.shares()).containsExactly(2 / 3.0, 1 / 3.0);
    assertThat(map.scores().orElseThrow().get(3)).isEqualTo(0.9f);
    assertThat(map.name(1)).contains("sky");
    assertThat(map.name(2)).isEmpty();
  }

  @Test
  void shouldNotCountClassesThatAreNotThere() {
    int[] labels = {0, 1, 255, -1};
    Segmentation map = new Segmentation(new SegmentationMap(2, 2, 2, labels, null), List.of());
    assertThat(map.shares()).containsExactly(0.25, 0.25);
    assertThat(map.labels().get(2)).isEqualTo(255);
    assertThat(map.scores()).isEmpty();
    assertThatThrownBy(() -> map.label(2, 0))
        .isInstanceOf(AvocetException.class)
        .hasMessage("x=2 y=0 is outside of the map of 2x2");
  }

  @Test
  void shouldAverageTheScoresOfAText() {
    assertThat(new RecognizedText("ab", List.of(0.5f, 1f)).score()).isEqualTo(0.75f);
    assertThat(new RecognizedText("", List.of()).score()).isZero();
  }
}
