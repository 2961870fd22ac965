package dev.avocet.postprocess.posenet;

import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.postprocess.mmpose.Points;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BodyPixTest {
  private static final String HEAD = "BodyPix";

  /** Two entries of 2 x 3 cells with two points each. */
  private final Tensor heat = tensor(DataType.FLOAT32, Shape.of(2, 2, 3, 2));

  private final Tensor offsets = tensor(DataType.FLOAT32, Shape.of(2, 2, 3, 4));
  private final Map<String, Tensor> tensors = Map.of("heatmaps", heat, "short_offsets", offsets);

  @Test
  void shouldAddTheOffsetOfTheBestCell() {
    int cell = 6 + 5; // second entry, row 1, column 2
    heat.floats().put(2 * cell, 2);
    offsets.floats().put(4 * cell, new float[] {-3, 9, 4, 9}); // down, down, across, across
    heat.floats().put(2 * 6 + 1, -1); // point 1 is best at the first of equal zeros, column 1
    offsets.floats().put(4 * 7, new float[] {9, 1, 9, -.5f});
    assertThat(Points.lines(Points.decode(HEAD, "{}", tensors, 1, plain(33, 17))))
        .containsExactly("36.000 13.000 0.881", "15.500 1.000 0.500");
    assertThat(Points.lines(Points.decode(HEAD, "{\"stride\": 8}", tensors, 1, plain(33, 17))))
        .containsExactly("20.000 5.000 0.881", "7.500 1.000 0.500");
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    assertThatThrownBy(() -> head(HEAD, "{\"stride\": 0}"))
        .hasMessageContaining("$.stride: expected 1 or more, found 0");
    Map<String, Tensor> wrong = Map.of("heatmaps", heat, "short_offsets", heat);
    assertThatThrownBy(() -> Points.decode(HEAD, "{}", wrong, 0, plain(33, 17)))
        .hasMessageContaining("\"short_offsets\": expected FLOAT32[B,H,W,2K]");
    heat.floats().put(3, Float.NaN);
    assertThatThrownBy(() -> Points.decode(HEAD, "{}", tensors, 0, plain(33, 17)))
        .hasMessageContaining("holds NaN: heat map 1");
  }

  @Property(tries = 300)
  void shouldAnswerOrFailWhateverTheTensors(@ForAll long seed) {
    Points.survive(HEAD, "{}", new Random(seed), "heatmaps", "short_offsets");
  }
}
