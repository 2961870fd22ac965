package dev.avocet.postprocess.mmocr;

import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.tensor;
import static dev.avocet.postprocess.TextTests.output;
import static dev.avocet.postprocess.TextTests.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.TextLine;
import dev.avocet.core.preprocess.SampleMeta;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CTCConvertorTest {
  private static final String THREE =
      "{\"dict_list\": [\"a\", \"b\", \"cc\"], \"with_padding\": true}";

  private static TextLine decode(Tensor steps, float validRatio) {
    SampleMeta meta =
        new SampleMeta(9, 9, 9, 9, 1, 1, 0, 0, 0, 0, 9, 9, validRatio, Optional.empty());
    return (TextLine)
        head("CTCConvertor", THREE).decode(output(steps), 0, meta, HeadOptions.DEFAULT);
  }

  @Test
  void shouldCollapseRepeatsAndDropThePadding() {
    TextLine line = decode(steps(4, 0, 0, 3, 0, 1, 1, 3, 2), 1);

    assertThat(line.text()).isEqualTo("aabcc");
    assertThat(line.scores()).containsExactly(0.5f, 0.53f, 0.54f, 0.57f);
  }

  @Test
  void shouldReadTheValidStepsOnly() {
    Tensor steps = steps(4, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0);

    // ceil(10 * 0.41) = 5
    assertThat(decode(steps, 0.41f).text()).isEqualTo("abccab");
    assertThat(decode(steps, 0.4f).text()).isEqualTo("abcca");
    assertThat(decode(steps, 0).text()).isEmpty();
    assertThat(decode(steps, 3).text()).hasSize(13);
  }

  @Test
  void shouldTakeTheFirstOfEqualClasses() {
    assertThat(decode(tensor(Shape.of(1, 1, 4), 1, 2, 2, 0), 1).text()).isEqualTo("b");
  }

  @Test
  void shouldFailWhenAClassIsBeyondTheDictionary() {
    assertThat(decode(steps(6, 0), 1).text()).isEqualTo("a");
    assertThatThrownBy(() -> decode(steps(6, 4), 1))
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining("the network answered class 4, the dictionary has 4 tokens");
  }

  @Test
  void shouldFailWhenAScoreIsNaNOrTheShapeIsWrong() {
    assertThatThrownBy(() -> decode(tensor(Shape.of(1, 1, 4), 1, 2, Float.NaN, 0), 1))
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining("holds NaN: step 0, class 2 in \"output\"");
    assertThatThrownBy(() -> decode(tensor(DataType.INT32, Shape.of(1, 2, 4)), 1))
        .isInstanceOf(AvocetException.class)
        .hasMessage("output \"output\": expected FLOAT32[B,T,C], found INT32[1,2,4]");
  }

  @Test
  void shouldAnswerNothingWhenThereAreNoSteps() {
    TextLine line =
        (TextLine)
            head("CTCConvertor", THREE)
                .decode(
                    output(tensor(DataType.FLOAT32, Shape.of(1, 0, 4))),
                    0,
                    plain(9, 9),
                    HeadOptions.DEFAULT);

    assertThat(line.text()).isEmpty();
    assertThat(line.scores()).isEmpty();
  }
}
