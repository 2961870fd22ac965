package dev.avocet.postprocess.mmocr;

import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.tensor;
import static dev.avocet.postprocess.TextTests.fill;
import static dev.avocet.postprocess.TextTests.filled;
import static dev.avocet.postprocess.TextTests.lines;
import static dev.avocet.postprocess.TextTests.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.Quads;
import java.util.List;
import org.junit.jupiter.api.Test;

class PANHeadTest {
  private static final int TEXT = 0;
  private static final int KERNEL = 1;
  private static final int EMBEDDING = 2;

  private static List<String> decode(String params, Tensor planes) {
    return lines(
        (Quads)
            head("PANHead", params).decode(output(planes), 0, plain(48, 24), HeadOptions.DEFAULT));
  }

  /**
   * Text at columns 1 to 10 of rows 1 to 4, with a kernel near either end; embeddings of 0 up to
   * column 4 and of 10 from column 5 on, so that the left text has 16 pixels, the right one 24.
   */
  private static Tensor twoTexts() {
    Tensor planes = filled(Shape.of(1, 3, 6, 12), -4);
    fill(planes, TEXT, 1, 1, 10, 4, 4);
    fill(planes, KERNEL, 2, 2, 3, 3, 4);
    fill(planes, KERNEL, 8, 2, 9, 3, 4);
    fill(planes, EMBEDDING, 0, 0, 4, 5, 0);
    fill(planes, EMBEDDING, 5, 0, 11, 5, 10);
    return planes;
  }

  @Test
  void shouldSplitATextWhereTheEmbeddingChanges() {
    // In source pixels a map pixel is four. 1 / (1 + exp(-4)) = 0.982.
    assertThat(decode("{}", twoTexts()))
        .containsExactly(
            "4.00 4.00, 16.00 4.00, 16.00 16.00, 4.00 16.00: 0.98",
            "20.00 4.00, 40.00 4.00, 40.00 16.00, 20.00 16.00: 0.98");
  }

  @Test
  void shouldMeetHalfWayWhenTheDistanceAllowsAll() {
    // From columns 3 and 8 both reach two further: 1 to 5 and 6 to 10.
    assertThat(decode("{\"distance_threshold\": 11, \"rescale\": false}", twoTexts()))
        .containsExactly(
            "1.00 1.00, 5.00 1.00, 5.00 4.00, 1.00 4.00: 0.98",
            "6.00 1.00, 10.00 1.00, 10.00 4.00, 6.00 4.00: 0.98");
  }

  @Test
  void shouldCountPixelsForTheArea() {
    assertThat(decode("{\"min_text_area\": 16}", twoTexts())).hasSize(2);
    assertThat(decode("{\"min_text_area\": 17}", twoTexts())).hasSize(1);
    assertThat(decode("{\"min_text_area\": 25}", twoTexts())).isEmpty();
  }

  @Test
  void shouldApplyAllThreeConfidences() {
    assertThat(decode("{\"min_text_avg_confidence\": 0.983}", twoTexts())).isEmpty();
    assertThat(decode("{\"min_text_confidence\": 0.983}", twoTexts())).isEmpty();
    assertThat(decode("{\"min_kernel_confidence\": 0.983}", twoTexts())).isEmpty();
  }

  @Test
  void shouldNotTakeAKernelOutsideOfTheText() {
    Tensor planes = filled(Shape.of(1, 3, 6, 12), -4);
    fill(planes, KERNEL, 2, 2, 9, 4, 4);

    assertThat(decode("{}", planes)).isEmpty();
  }

  @Test
  void shouldFailWhenPlanesAreMissingOrHoldNaN() {
    assertThatThrownBy(() -> decode("{}", tensor(DataType.FLOAT32, Shape.of(1, 2, 6, 12))))
        .isInstanceOf(AvocetException.class)
        .hasMessage("output \"output\": expected FLOAT32[B,2+E,H,W], found FLOAT32[1,2,6,12]");
    Tensor planes = twoTexts();
    planes.floats().put(200, Float.NaN);
    assertThatThrownBy(() -> decode("{}", planes))
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining("holds NaN: a value in \"output\"");
  }
}
