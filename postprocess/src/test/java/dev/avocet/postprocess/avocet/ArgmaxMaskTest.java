package dev.avocet.postprocess.avocet;

import static dev.avocet.postprocess.HeadTests.assertRefused;
import static dev.avocet.postprocess.HeadTests.assertWrong;
import static dev.avocet.postprocess.HeadTests.decode;
import static dev.avocet.postprocess.HeadTests.longs;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.scaled;
import static dev.avocet.postprocess.HeadTests.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.SegmentationMap;
import dev.avocet.core.preprocess.SampleMeta;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgmaxMaskTest {
  private static SegmentationMap map(String params, Tensor output, SampleMeta meta) {
    return (SegmentationMap) decode("ArgmaxMask", params, Map.of("ResizeBilinear_3", output), meta);
  }

  @Test
  void shouldResizeTheScoresBeforeItChooses() {
    // The classes meet a quarter of the way from the second score to the first.
    Tensor planar = tensor(Shape.of(1, 2, 1, 2), 0, 3, 1, 0);
    Tensor interleaved = tensor(Shape.of(1, 1, 2, 2), 0, 1, 3, 0);
    SampleMeta meta = scaled(8, 1, .25f, 0, 0);
    SampleMeta flat = new SampleMeta(8, 1, 2, 1, .25f, 1, 0, 0, 0, 0, 2, 1, 1, meta.window());

    SegmentationMap map = map("{}", planar, flat);

    assertThat(map.labels()).containsExactly(1, 1, 1, 0, 0, 0, 0, 0);
    assertThat(map.classes()).isEqualTo(2);
    assertThat(map("{\"layout\":\"nhwc\",\"num_classes\":2}", interleaved, flat).labels())
        .isEqualTo(map.labels());
  }

  @Test
  void shouldTakeOffThePadding() {
    Tensor output = tensor(Shape.of(1, 2, 1, 3), 9, 0, 1, 0, 1, 0);
    SampleMeta meta = scaled(2, 1, 1, 0, 1);

    assertThat(map("{}", output, meta).labels()).containsExactly(1, 0);
  }

  @Test
  void shouldTakeTheFirstOfEqualClasses() {
    Tensor output = tensor(Shape.of(1, 3, 1, 1), 1, 2, 2);

    assertThat(map("{}", output, plain(2, 1)).labels()).containsExactly(1, 1);
  }

  @Test
  void shouldSayWhatIsWrong() {
    refused(
        "{}", longs(Shape.of(1, 1, 1, 1), 1), "expected FLOAT32[?,?,?,?], found INT64[1,1,1,1]");
    refused("{}", tensor(Shape.of(1, 0, 1, 1)), "found FLOAT32[1,0,1,1]");
    refused(
        "{\"num_classes\":21,\"layout\":\"nhwc\"}",
        tensor(Shape.of(1, 21, 1, 1)),
        "\"output\": expected FLOAT32[?,?,?,21], found FLOAT32[1,21,1,1]");
    refused("{}", tensor(Shape.of(1, 1, 1, 1), Float.NaN), "holds NaN: around column 0 of row 0");
    assertWrong("ArgmaxMask", "{\"layout\":\"NHWC\"}", "$.layout: expected \"nchw\" or \"nhwc\"");
    assertWrong("ArgmaxMask", "{\"num_classes\":0}", "$.num_classes: expected 1 or more, found 0");
  }

  private static void refused(String params, Tensor output, String message) {
    assertRefused("ArgmaxMask", params, Map.of("output", output), message);
  }
}
