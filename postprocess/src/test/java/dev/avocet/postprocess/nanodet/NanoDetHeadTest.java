package dev.avocet.postprocess.nanodet;

import static dev.avocet.postprocess.HeadTests.assertRefused;
import static dev.avocet.postprocess.HeadTests.assertWrong;
import static dev.avocet.postprocess.HeadTests.decode;
import static dev.avocet.postprocess.HeadTests.lines;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.Boxes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two cells of 8 pixels in a row; distances of 0 or 1 cell, so that two zeros mean a half. */
class NanoDetHeadTest {
  private static final String PARAMS = "{\"strides\":[8],\"reg_max\":1%s}";
  private static final String SCORES = "cls_pred_stride_8";
  private static final String SIDES = "dis_pred_stride_8";

  private static List<String> decoded(String more, Map<String, Tensor> tensors) {
    return lines((Boxes) decode("NanoDetHead", PARAMS.formatted(more), tensors, plain(16, 8)));
  }

  private static Map<String, Tensor> two(float... scores) {
    return Map.of(
        SCORES,
        tensor(Shape.of(1, 2, 2), scores),
        SIDES,
        tensor(Shape.of(1, 2, 8), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 90, -90, -90, 90, 0, 0));
  }

  @Test
  void shouldTakeDistancesFromThePointOfACell() {
    // The point is at 8 + 3.5; 4 to the left, nothing above, 8 to the right, clipped, 4 below.
    assertThat(decoded("", two(.1f, .2f, .3f, .9f))).containsExactly("1 0.9 7.5 3.5 15.0 7.0");
    assertThat(decoded(",\"offset\":0", two(.1f, .2f, .3f, .9f)))
        .containsExactly("1 0.9 4.0 0.0 15.0 4.0");
  }

  @Test
  void shouldReadOneOutputOfAllGrids() {
    Tensor output =
        tensor(
            Shape.of(1, 2, 10), //
            .1f,
            .2f,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0, //
            .3f,
            .9f,
            0,
            0,
            90,
            -90,
            -90,
            90,
            0,
            0);

    assertThat(decoded("", Map.of("whatever", output))).containsExactly("1 0.9 7.5 3.5 15.0 7.0");
  }

  @Test
  void shouldSuppressWithinAClassOnly() {
    Tensor far = tensor(Shape.of(1, 2, 8), 0, 0, 0, 0, -90, 90, 0, 0, -90, 90, 0, 0, 0, 0, 0, 0);

    Map<String, Tensor> same =
        Map.of(SCORES, tensor(Shape.of(1, 2, 2), .8f, 0, .9f, 0), SIDES, far);
    Map<String, Tensor> other =
        Map.of(SCORES, tensor(Shape.of(1, 2, 2), .8f, 0, 0, .9f), SIDES, far);

    // -0.5 to 11.5 and 3.5 to 15.5: 8 of 16 in common
    String low = ",\"nms\":{\"iou_threshold\":0.49}";
    assertThat(decoded(low, same)).hasSize(1);
    assertThat(decoded(low, other)).hasSize(2);
    assertThat(decoded("", same)).hasSize(2);
    assertThat(decoded(",\"score_thr\":0.85", same)).hasSize(1);
    assertThat(decoded(",\"max_per_img\":1", same)).hasSize(1);
  }

  @Test
  void shouldSayWhatIsWrong() {
    Tensor scores = tensor(Shape.of(1, 4, 2), new float[8]);
    refused(Map.of(SCORES, scores, "x", scores), "no output \"" + SIDES + "\" but");
    refused(
        Map.of(SCORES, tensor(Shape.of(1, 2, 2)), SIDES, scores),
        "expected FLOAT32[?,4,?], found FLOAT32[1,2,2]");
    refused(Map.of(SCORES, scores, SIDES, scores), "expected FLOAT32[1,4,8], found FLOAT32[1,4,2]");
    refused(Map.of("x", tensor(Shape.of(1, 4, 8))), "expected FLOAT32[B,4,C+8]");
    float[] nan = new float[40];
    nan[0] = Float.NaN;
    refused(Map.of("x", tensor(Shape.of(1, 4, 10), nan)), "holds NaN: the score of a box");
    nan[0] = 1;
    nan[2] = Float.NaN;
    refused(Map.of("x", tensor(Shape.of(1, 4, 10), nan)), "holds NaN: box");
    assertWrong("NanoDetHead", "{\"reg_max\":0}", "$.reg_max: expected 1 to 999, found 0");
    assertWrong("NanoDetHead", "{\"strides\":[0]}", "$.strides: expected strides of 1 or more");
  }

  private static void refused(Map<String, Tensor> tensors, String message) {
    assertRefused("NanoDetHead", PARAMS.formatted(""), tensors, message);
  }
}
