package dev.avocet.core.postprocess;

import static dev.avocet.core.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Mask;
import dev.avocet.core.Rect;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class HeadTypesTest {

  @Test
  void shouldKeepEveryBoxWhileTheyGrow() {
    Boxes boxes = new Boxes();
    for (int round = 0; round < 2; round++) {
      boxes.clear();
      for (int i = 0; i < 1000; i++) {
        boxes.add(i, i + 0.5f, i + 1, i + 2, i + 3, i + 4);
      }
      assertThat(boxes.size()).isEqualTo(1000);
      for (int i = 0; i < 1000; i++) {
        assertThat(boxes.label(i)).isEqualTo(i);
        assertThat(boxes.score(i)).isEqualTo(i + 0.5f);
        assertThat(boxes.x1(i)).isEqualTo(i + 1);
        assertThat(boxes.y1(i)).isEqualTo(i + 2);
        assertThat(boxes.x2(i)).isEqualTo(i + 3);
        assertThat(boxes.y2(i)).isEqualTo(i + 4);
      }
    }
  }

  @Test
  void shouldForgetMasksPointsAndNumbersWhenABoxIsTakenAgain() {
    Boxes boxes = new Boxes();
    Mask mask = new Mask(new Rect(0, 0, 1, 1), new byte[1]);
    boxes.add(1, .5f, 0, 0, 1, 1);
    boxes.add(1, .5f, 0, 0, 1, 1);
    boxes.mask(0, mask);
    boxes.setIndex(7);

    assertThat(boxes.mask(0)).containsSame(mask);
    assertThat(boxes.mask(1)).isEmpty();
    assertThat(boxes.index(0)).isZero();
    assertThat(boxes.index(1)).isEqualTo(7);

    boxes.clear();
    boxes.add(1, .5f, 0, 0, 1, 1);
    boxes.add(1, .5f, 0, 0, 1, 1);
    assertThat(boxes.mask(0)).isEmpty();
    assertThat(boxes.index(1)).isEqualTo(1);
  }

  @Test
  void shouldNameTheOutputsThereAreWhenOneIsNot() {
    NetOutputs outputs = new NetOutputs(List.of("dets", "labels"));
    try (Tensor tensor = Tensor.of(Shape.of(1), 5)) {
      outputs.set(1, tensor);
      assertThat(outputs.get("labels")).isSameAs(tensor).isSameAs(outputs.get(1));
      assertThat(outputs.has("dets")).isTrue();
      assertThat(outputs.has("masks")).isFalse();
      assertFails(Status.FAIL, () -> outputs.get("masks"))
          .isEqualTo(
              "the network has no output \"masks\" but [dets, labels]: set output_map in"
                  + " pipeline.json");
    }
  }

  @Test
  void shouldCheckTheThreshold() {
    assertThat(HeadOptions.DEFAULT.scoreThreshold(0.3f)).isEqualTo(0.3f);
    assertThat(new HeadOptions(OptionalDouble.of(0.7)).scoreThreshold(0.3f)).isEqualTo(0.7f);
    for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
      assertFails(Status.INVALID_ARG, () -> new HeadOptions(OptionalDouble.of(bad)))
          .isEqualTo("scoreThreshold=" + bad + ": expected 0 to 1");
    }
  }
}
