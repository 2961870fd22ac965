package dev.avocet.postprocess.mmcls;

import static dev.avocet.postprocess.HeadTests.decode;
import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.outputs;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.Labels;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MultiLabelLinearClsHeadTest {
  private static final Map<String, Tensor> SCORES =
      Map.of("output", tensor(Shape.of(1, 3), .2f, .9f, .4f));

  @Test
  void shouldNameAllClassesInTheirOrder() {
    Labels labels = (Labels) decode("MultiLabelLinearClsHead", "{}", SCORES, plain(9, 9));

    assertThat(labels.ids()).containsExactly(0, 1, 2);
    assertThat(labels.scores()).containsExactly(.2f, .9f, .4f);
  }

  @Test
  void shouldNameTheBestWhenTheCallerAsksForANumber() {
    HeadOptions two = new HeadOptions(OptionalDouble.empty(), OptionalInt.of(2));

    Labels labels = (Labels) head("CSRAClsHead", "{}").decode(outputs(SCORES), 0, plain(9, 9), two);

    assertThat(labels.ids()).containsExactly(1, 2);
    assertThat(labels.scores()).containsExactly(.9f, .4f);
  }
}
