package dev.avocet.postprocess.mmdet;

import static dev.avocet.postprocess.HeadTests.assertRefused;
import static dev.avocet.postprocess.HeadTests.decode;
import static dev.avocet.postprocess.HeadTests.lines;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.Boxes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RTMDetSepBNHeadTest {
  private static final String PARAMS =
      "{\"score_thr\":0.5,\"anchor_generator\":{\"offset\":%s,\"strides\":[16]}}";

  /** Two classes and two cells; the second cell is of the second class with a score of 0.5. */
  private static final Tensor CLASSES = tensor(Shape.of(1, 2, 1, 2), -9, -9, -9, 0);

  private static final Tensor SIDES = tensor(Shape.of(1, 4, 1, 2), 0, 4, 0, 2, 0, 8, 0, 6);

  @ParameterizedTest
  @CsvSource({"0, 1 0.5 12.0 0.0 24.0 6.0", "0.5, 1 0.5 20.0 6.0 32.0 14.0"})
  void shouldDecodeACell(String offset, String line) {
    Boxes boxes =
        (Boxes)
            decode(
                "RTMDetSepBNHead",
                PARAMS.formatted(offset),
                Map.of("a_cls", CLASSES, "b_box", SIDES),
                plain(64, 64));

    assertThat(lines(boxes)).containsExactly(line);
  }

  @Test
  void shouldSayWhatIsWrong() {
    refused(Map.of("a", CLASSES), "expected 2 outputs, as the model's strides say, found [a]");
    refused(
        Map.of("a", SIDES, "b", CLASSES),
        "\"b\": expected FLOAT32[1,4,1,2], found FLOAT32[1,2,1,2]");
    refused(Map.of("a", tensor(Shape.of(1, 2, 1)), "b", SIDES), "expected FLOAT32[B,C,H,W]");
    refused(Map.of("a", tensor(Shape.of(1, 2, 1, 2), 0, 9, Float.NaN, 0), "b", SIDES), "holds NaN");
  }

  private static void refused(Map<String, Tensor> tensors, String message) {
    assertRefused("RTMDetSepBNHead", PARAMS.formatted("0"), tensors, message);
  }
}
