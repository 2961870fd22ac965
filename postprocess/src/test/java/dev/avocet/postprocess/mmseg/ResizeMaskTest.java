package dev.avocet.postprocess.mmseg;

import static dev.avocet.postprocess.HeadTests.assertRefused;
import static dev.avocet.postprocess.HeadTests.assertWrong;
import static dev.avocet.postprocess.HeadTests.decode;
import static dev.avocet.postprocess.HeadTests.longs;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.SegmentationMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResizeMaskTest {
  private static final String SCORES = "{\"num_classes\":2,\"with_argmax\":false}";

  private static SegmentationMap map(String params, Tensor output, int width, int height) {
    return (SegmentationMap)
        decode("ResizeMask", params, Map.of("output", output), plain(width, height));
  }

  @Test
  void shouldTakeTheNearestClassNumber() {
    SegmentationMap map = map("{\"num_classes\":4}", longs(Shape.of(1, 1, 2, 2), 0, 1, 2, 3), 3, 4);

    assertThat(map.width()).isEqualTo(3);
    assertThat(map.height()).isEqualTo(4);
    assertThat(map.classes()).isEqualTo(4);
    assertThat(map.scores()).isNull();
    assertThat(map.labels()).containsExactly(0, 0, 1, 0, 0, 1, 2, 2, 3, 2, 2, 3);
  }

  @Test
  void shouldRoundClassNumbersThatAreFloatsHalvesToEven() {
    Tensor output = tensor(Shape.of(1, 1, 1, 4), 2.5f, 3.5f, 0.9f, 7e9f);

    assertThat(map("{\"num_classes\":4}", output, 4, 1).labels())
        .containsExactly(2, 4, 1, Integer.MAX_VALUE);
  }

  @Test
  void shouldReadInts() {
    Tensor output = tensor(DataType.INT32, Shape.of(1, 1, 1, 2));
    output.ints().put(1, 5);

    assertThat(map("{\"num_classes\":6}", output, 2, 1).labels()).containsExactly(0, 5);
  }

  @Test
  void shouldSampleScoresBilinearly() {
    SegmentationMap map = map(SCORES, tensor(Shape.of(1, 2, 1, 2), 0, 1, 8, 4), 4, 2);

    assertThat(map.labels()).isNull();
    assertThat(map.classes()).isEqualTo(2);
    assertThat(map.scores())
        .containsExactly(0, .25f, .75f, 1, 0, .25f, .75f, 1, 8, 7, 5, 4, 8, 7, 5, 4);
  }

  @Test
  void shouldShrinkScoresDownRowsInAnyOrder() {
    // Samples at rows 0.5 and 2.5 of four.
    Tensor output = tensor(Shape.of(1, 1, 4, 1), 0, 4, 10, 20);

    SegmentationMap map = map(SCORES, output, 1, 2);

    assertThat(map.scores()).containsExactly(2, 15);
    // As many as the output has, so that nobody reads past them.
    assertThat(map.classes()).isEqualTo(1);
  }

  @Test
  void shouldSayWhatIsWrong() {
    String labels = "{\"num_classes\":2}";
    refused(
        labels,
        tensor(Shape.of(1, 2, 1, 1)),
        "expected [B,1,H,W] (with_argmax=true), found FLOAT32[1,2,1,1]");
    refused(labels, tensor(Shape.of(1, 1, 1)), "found FLOAT32[1,1,1]");
    refused(labels, tensor(Shape.of(1, 1, 0, 1)), "found FLOAT32[1,1,0,1]");
    refused(
        labels, tensor(DataType.UINT8, Shape.of(1, 1, 1, 1)), "expected FLOAT32, INT32 or INT64");
    refused(labels, tensor(Shape.of(1, 1, 1, 1), Float.NaN), "holds NaN: a class number");
    refused(SCORES, longs(Shape.of(1, 1, 1, 1), 1), "expected FLOAT32[B,C,H,W], found INT64");
    refused(SCORES, tensor(Shape.of(1, 1, 1, 1), Float.NaN), "holds NaN: around column 0 of row 0");
    assertWrong("ResizeMask", "{}", "$.num_classes: expected a whole number, found nothing");
    assertWrong("ResizeMask", "{\"num_classes\":0}", "$.num_classes: expected 1 or more, found 0");
  }

  private static void refused(String params, Tensor output, String message) {
    assertRefused("ResizeMask", params, Map.of("output", output), message);
  }
}
