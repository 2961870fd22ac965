package dev.avocet.postprocess.yunet;

import static dev.avocet.postprocess.HeadTests.assertRefused;
import static dev.avocet.postprocess.HeadTests.decode;
import static dev.avocet.postprocess.HeadTests.lines;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.scaled;
import static dev.avocet.postprocess.HeadTests.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.postprocess.KeyPoints;
import dev.avocet.core.preprocess.SampleMeta;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two cells of 8 pixels in a row, the second of which shows something. */
class YuNetHeadTest {
  private static final String PARAMS = "{\"strides\":[8],\"nms\":{\"iou_threshold\":0.3}}";

  private static Map<String, Tensor> face(float score, float object) {
    Map<String, Tensor> tensors = new HashMap<>();
    tensors.put("cls_8", tensor(Shape.of(1, 2, 1), .1f, score));
    tensors.put("obj_8", tensor(Shape.of(1, 2, 1), .1f, object));
    tensors.put("bbox_8", tensor(Shape.of(1, 2, 4), 0, 0, 0, 0, .5f, .5f, (float) -Math.log(2), 0));
    tensors.put("kps_8", tensor(Shape.of(1, 2, 4), 0, 0, 0, 0, 0, .25f, 2, .5f));
    return tensors;
  }

  private static Boxes boxes(Map<String, Tensor> tensors, SampleMeta meta) {
    return (Boxes) decode("YuNetHead", PARAMS, tensors, meta);
  }

  @Test
  void shouldDecodeBoxAndKeyPointsOfACell() {
    Boxes boxes = boxes(face(.64f, 1), plain(16, 8));

    // (0.5 + 1) * 8 -+ 4 / 2, and 4 -+ 4 clipped to the last row
    assertThat(lines(boxes)).containsExactly("0 0.8 10.0 0.0 14.0 7.0");
    KeyPoints points = boxes.keyPoints(0).orElseThrow();
    assertThat(points.x()).containsExactly(8, 24);
    assertThat(points.y()).containsExactly(2, 4);
    assertThat(points.scores()).containsExactly(.8f, .8f);
  }

  @Test
  void shouldTakeBoxAndKeyPointsBackToTheSource() {
    Boxes boxes = boxes(face(.64f, 1), scaled(24, 8, .5f, 4, 4));

    assertThat(lines(boxes)).containsExactly("0 0.8 12.0 0.0 20.0 7.0");
    assertThat(boxes.keyPoints(0).orElseThrow().x()).containsExactly(8, 40);
    assertThat(boxes.keyPoints(0).orElseThrow().y()).containsExactly(-4, 0);
  }

  @Test
  void shouldClampScoresBeforeItMultipliesThem() {
    assertThat(boxes(face(4, .81f), plain(16, 8)).score(0)).isEqualTo(.9f);
    assertThat(boxes(face(-4, -4), plain(16, 8)).size()).isZero();
    assertThat(boxes(face(.36f, 1), plain(16, 8)).size()).isZero();
  }

  @Test
  void shouldSayWhatIsWrong() {
    refused("obj_8", tensor(Shape.of(1, 2, 1)), "expected FLOAT32[?,4,1], found FLOAT32[1,2,1]");
    refused("kps_8", tensor(Shape.of(1, 4, 3)), "expected FLOAT32[B,4,2*K], found FLOAT32[1,4,3]");
    refused("cls_8", filled(1, Float.NaN), "holds NaN: the score of a box");
    refused("bbox_8", filled(4, Float.NaN), "holds NaN: box");
    refused("kps_8", filled(2, Float.NaN), "NaN: a key point of the cell at 0,0, stride=8");
    assertRefused("YuNetHead", PARAMS, Map.of(), "no output \"cls_8\"");
  }

  private static Tensor filled(int columns, float value) {
    Tensor tensor = tensor(Shape.of(1, 4, columns));
    for (int i = 0; i < 4 * columns; i++) {
      tensor.floats().put(i, value);
    }
    return tensor;
  }

  private static void refused(String name, Tensor wrong, String message) {
    Map<String, Tensor> tensors = new HashMap<>();
    tensors.put("cls_8", filled(1, 1));
    tensors.put("obj_8", filled(1, 1));
    tensors.put("bbox_8", filled(4, 1));
    tensors.put("kps_8", filled(2, 1));
    tensors.put(name, wrong);
    assertRefused("YuNetHead", PARAMS, tensors, message);
  }
}
