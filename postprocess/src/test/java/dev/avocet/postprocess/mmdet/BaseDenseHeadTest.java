package dev.avocet.postprocess.mmdet;

import static dev.avocet.postprocess.HeadTests.assertRefused;
import static dev.avocet.postprocess.HeadTests.decode;
import static dev.avocet.postprocess.HeadTests.lines;
import static dev.avocet.postprocess.HeadTests.longs;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.scaled;
import static dev.avocet.postprocess.HeadTests.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.Boxes;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaseDenseHeadTest {
  private static final String HALF = "{\"score_thr\":0.5,\"nms\":{\"iou_threshold\":0.4}}";

  @Test
  void shouldSuppressAcrossClassesAndKeepWhatScoresTheThreshold() {
    Map<String, Tensor> tensors =
        Map.of(
            "dets",
            tensor(
                Shape.of(1, 4, 4), //
                20,
                20,
                30,
                30, //
                0,
                0,
                10,
                8, //
                0,
                0,
                10,
                10, //
                40,
                40,
                50,
                50),
            "labels",
            tensor(Shape.of(1, 4, 2), .5f, .1f, .1f, .8f, .9f, .3f, .1f, .49f));

    Boxes boxes = (Boxes) decode("BaseDenseHead", HALF, tensors, plain(100, 100));

    assertThat(lines(boxes))
        .containsExactly("0 0.9 0.0 0.0 10.0 10.0", "0 0.5 20.0 20.0 30.0 30.0");
    // Before the suppression there was one between them.
    assertThat(boxes.index(0)).isZero();
    assertThat(boxes.index(1)).isEqualTo(2);
  }

  @Test
  void shouldKeepABoxThatOnlyASuppressedOneCovers() {
    Map<String, Tensor> tensors =
        Map.of(
            "dets",
            tensor(Shape.of(1, 3, 4), 0, 0, 10, 10, 4, 0, 14, 10, 8, 0, 18, 10),
            "labels",
            tensor(Shape.of(1, 3, 1), .9f, .8f, .7f));

    Boxes boxes = (Boxes) decode("BaseDenseHead", HALF, tensors, plain(100, 100));

    assertThat(lines(boxes)).containsExactly("0 0.9 0.0 0.0 10.0 10.0", "0 0.7 8.0 0.0 18.0 10.0");
  }

  @Test
  void shouldTakeOffPaddingAndScale() {
    Map<String, Tensor> tensors =
        Map.of(
            "dets",
            tensor(Shape.of(1, 1, 4), 8, 6, 18, 16),
            "labels",
            tensor(Shape.of(1, 1, 1), .9f));

    Boxes boxes = (Boxes) decode("BaseDenseHead", "{}", tensors, scaled(60, 60, .5f, 2, 4));

    assertThat(lines(boxes)).containsExactly("0 0.9 8.0 8.0 28.0 28.0");
  }

  @Test
  void shouldSayWhatIsWrong() {
    Tensor dets = tensor(Shape.of(1, 1, 4), 1, 2, 3, 4);
    Tensor scores = tensor(Shape.of(1, 1, 2), .9f, Float.NaN);
    refused(
        tensor(Shape.of(1, 1, 5)),
        scores,
        "\"dets\": expected FLOAT32[B,N,4], found FLOAT32[1,1,5]");
    refused(
        dets, tensor(Shape.of(1, 2)), "\"labels\": expected FLOAT32[B,N,C], found FLOAT32[1,2]");
    refused(dets, tensor(Shape.of(1, 2, 3)), "expected FLOAT32[1,1,?], found FLOAT32[1,2,3]");
    refused(dets, longs(Shape.of(1, 1, 1), 1), "expected FLOAT32[1,1,?], found INT64[1,1,1]");
    refused(dets, tensor(Shape.of(1, 1, 0)), "expected FLOAT32[1,1,?], found FLOAT32[1,1,0]");
    refused(dets, scores, "holds NaN: the score of a box");
    refused(
        tensor(Shape.of(1, 1, 4), 1, Float.NaN, 3, 4),
        tensor(Shape.of(1, 1, 1), .9f),
        "holds NaN: box (1.0 NaN 3.0 4.0)");
  }

  private static void refused(Tensor dets, Tensor scores, String message) {
    assertRefused("BaseDenseHead", "{}", Map.of("dets", dets, "labels", scores), message);
  }
}
