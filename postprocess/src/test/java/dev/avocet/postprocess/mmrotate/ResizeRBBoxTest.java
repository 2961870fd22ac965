package dev.avocet.postprocess.mmrotate;

import static dev.avocet.postprocess.HeadTests.assertRefused;
import static dev.avocet.postprocess.HeadTests.decode;
import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.longs;
import static dev.avocet.postprocess.HeadTests.outputs;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.RotatedBoxes;
import dev.avocet.core.preprocess.SampleMeta;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ResizeRBBoxTest {
  private static final Map<String, Tensor> THREE =
      Map.of(
          "dets",
          tensor(
              Shape.of(1, 3, 6), //
              10,
              20,
              4,
              6,
              .5f,
              .9f, //
              1,
              2,
              3,
              4,
              -1,
              .05f, //
              30,
              40,
              8,
              2,
              -1.5f,
              .3f),
          "labels",
          longs(Shape.of(1, 3), 7, 8, 9));

  @Test
  void shouldScaleCentresAndSizesAndLeaveTheAngle() {
    SampleMeta meta =
        new SampleMeta(99, 99, 9, 9, .5f, .25f, 4, 2, 0, 0, 9, 9, 1, Optional.empty());

    RotatedBoxes boxes = (RotatedBoxes) decode("ResizeRBBox", "{}", THREE, meta);

    // Of three, the one that scores the threshold of 0.05 is dropped.
    assertThat(boxes.labels()).containsExactly(7, 9);
    assertThat(boxes.scores()).containsExactly(.9f, .3f);
    assertThat(boxes.boxes()).containsExactly(16, 64, 8, 24, .5f, 56, 144, 16, 8, -1.5f);
  }

  @Test
  void shouldPreferTheCallersThreshold() {
    HeadOptions options = new HeadOptions(OptionalDouble.of(0.5));

    RotatedBoxes boxes =
        (RotatedBoxes)
            head("ResizeRBBox", "{\"score_thr\":0.95}")
                .decode(outputs(THREE), 0, plain(9, 9), options);

    assertThat(boxes.labels()).containsExactly(7);
  }

  @Test
  void shouldSayWhatIsWrong() {
    Tensor dets = tensor(Shape.of(1, 1, 6), 1, 2, 3, 4, 5, 1);
    Tensor label = longs(Shape.of(1, 1), 0);
    refused(
        tensor(Shape.of(1, 1, 5)),
        label,
        "\"dets\": expected FLOAT32[B,N,6], found FLOAT32[1,1,5]");
    refused(dets, longs(Shape.of(1, 2), 0, 0), "\"labels\": expected [1,1], found INT64[1,2]");
    refused(dets, tensor(DataType.UINT8, Shape.of(1, 1)), "expected FLOAT32, INT32 or INT64");
    float nan = Float.NaN;
    refused(
        tensor(Shape.of(1, 1, 6), 1, 2, 3, 4, 5, nan), label, "NaN: the score of rotated box 0");
    refused(tensor(Shape.of(1, 1, 6), 1, 2, 3, 4, nan, 1), label, "NaN: rotated box 0");
  }

  private static void refused(Tensor dets, Tensor labels, String message) {
    assertRefused("ResizeRBBox", "{}", Map.of("dets", dets, "labels", labels), message);
  }
}
