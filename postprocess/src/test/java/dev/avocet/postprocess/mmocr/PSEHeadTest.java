package dev.avocet.postprocess.mmocr;

import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.TextTests.fill;
import static dev.avocet.postprocess.TextTests.filled;
import static dev.avocet.postprocess.TextTests.lines;
import static dev.avocet.postprocess.TextTests.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.Quads;
import java.util.List;
import org.junit.jupiter.api.Test;

class PSEHeadTest {
  private static List<String> decode(String params, Tensor planes) {
    return lines(
        (Quads)
            head("PSEHead", params).decode(output(planes), 0, plain(56, 24), HeadOptions.DEFAULT));
  }

  /**
   * Text at columns 1 to 12 of rows 1 to 4; a larger kernel at columns 2 to 7 and 9 to 11; the
   * smallest at columns 3 to 4 and 9 to 10 of rows 2 to 3.
   */
  private static Tensor twoTexts() {
    Tensor planes = filled(Shape.of(1, 3, 6, 14), -4);
    fill(planes, 0, 1, 1, 12, 4, 4);
    fill(planes, 1, 2, 1, 7, 4, 4);
    fill(planes, 1, 9, 1, 11, 4, 4);
    fill(planes, 2, 3, 2, 4, 3, 4);
    fill(planes, 2, 9, 2, 10, 3, 4);
    return planes;
  }

  @Test
  void shouldGrowLevelByLevelUpToTheText() {
    // The larger kernels lead the left text to column 7 before the texts meet at column 8, which
    // goes to the one whose pixels come first. In source pixels a map pixel is four.
    assertThat(decode("{}", twoTexts()))
        .containsExactly(
            "4.00 4.00, 32.00 4.00, 32.00 16.00, 4.00 16.00: 0.98",
            "36.00 4.00, 48.00 4.00, 48.00 16.00, 36.00 16.00: 0.98");
  }

  @Test
  void shouldMeetHalfWayWhenThereIsNoLevelBetween() {
    Tensor planes = twoTexts();
    fill(planes, 1, 0, 0, 13, 5, 4);

    // From columns 4 and 9: 5, 6 and 8, 7.
    assertThat(decode("{\"rescale\": false}", planes))
        .containsExactly(
            "1.00 1.00, 6.00 1.00, 6.00 4.00, 1.00 4.00: 0.98",
            "7.00 1.00, 12.00 1.00, 12.00 4.00, 7.00 4.00: 0.98");
  }

  @Test
  void shouldDropSmallKernelsAndSmallOrUnsureTexts() {
    assertThat(decode("{\"min_kernel_area\": 4}", twoTexts())).hasSize(2);
    assertThat(decode("{\"min_kernel_area\": 5}", twoTexts())).isEmpty();
    // 8 and 4 columns of 4 rows.
    assertThat(decode("{\"min_text_area\": 17}", twoTexts())).hasSize(1);
    assertThat(decode("{\"min_text_area\": 33}", twoTexts())).isEmpty();
    assertThat(decode("{\"min_text_avg_confidence\": 0.983}", twoTexts())).isEmpty();
    assertThat(decode("{\"min_kernel_confidence\": 0.983}", twoTexts())).isEmpty();
  }

  @Test
  void shouldLeaveAKernelsPixelsOutsideOfTheTextAlone() {
    Tensor planes = twoTexts();
    fill(planes, 0, 5, 0, 13, 5, -4);

    assertThat(decode("{\"rescale\": false}", planes))
        .containsExactly("1.00 1.00, 4.00 1.00, 4.00 4.00, 1.00 4.00: 0.98");
  }

  @Test
  void shouldFailWhenTheRankIsWrong() {
    assertThatThrownBy(() -> decode("{}", filled(Shape.of(3, 6, 14), 1)))
        .isInstanceOf(AvocetException.class)
        .hasMessage("output \"output\": expected FLOAT32[B,K,H,W], found FLOAT32[3,6,14]");
  }
}
