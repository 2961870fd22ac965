package dev.avocet.postprocess.mmdet;

import static dev.avocet.postprocess.HeadTests.assertRefused;
import static dev.avocet.postprocess.HeadTests.assertWrong;
import static dev.avocet.postprocess.HeadTests.decode;
import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.outputs;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.postprocess.HeadOptions;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YOLOV3HeadTest {
  private static final String ONE =
      "{\"score_thr\":0.5,\"anchor_generator\":{\"base_sizes\":[[[10,20]]],\"strides\":[32]}}";
  private static final String TWO =
      "{\"score_thr\":0.5,\"anchor_generator\":{\"base_sizes\":[[[40,40]],[[10,20]]],\"strides\":[32,16]}}";

  /** A map of one anchor in which nothing is, but for {@code values} in one cell. */
  private static Tensor map(int size, int x, int y, float... values) {
    float[] all = new float[values.length * size * size];
    Arrays.fill(all, 4 * size * size, 5 * size * size, -20);
    for (int c = 0; c < values.length; c++) {
      all[(c * size + y) * size + x] = values[c];
    }
    return tensor(Shape.of(1, values.length, size, size), all);
  }

  private static Boxes boxes(String component, String params, Map<String, Tensor> tensors) {
    return (Boxes) decode(component, params, tensors, plain(64, 64));
  }

  @ParameterizedTest
  @CsvSource({
    // (0.5 + 1) * 32 = 48 less half of 1.5 * 10, cut to whole pixels; (0.5 + 0) * 32 and 1 * 20
    "YOLOV3Head, 40, 6, 55, 26",
    // (2 * 0.5 - 0.5 + 1) * 32 = 48 and (2 * 0.6)^2 * 10 = 14.4; 16 and 1 * 20
    "YOLOv5Head, 40, 6, 55, 26",
  })
  void shouldDecodeACell(String component, float x1, float y1, float x2, float y2) {
    float w = (float) Math.log(1.5);
    Tensor map = map(2, 1, 0, 0, 0, w, 0, 10, -1, 3);

    Boxes boxes = boxes(component, ONE, Map.of("out", map));

    assertThat(boxes.size()).isEqualTo(1);
    assertThat(boxes.label(0)).isEqualTo(1);
    assertThat(boxes.score(0)).isCloseTo(.95253f, within(1e-5f)); // 0.952574 * 0.999955
    assertThat(new float[] {boxes.x1(0), boxes.y1(0), boxes.x2(0), boxes.y2(0)})
        .containsExactly(x1, y1, x2, y2);
  }

  @ParameterizedTest
  @CsvSource({"a, b", "b, a"})
  void shouldFindTheMapOfAStrideWhateverTheOrderOfNames(String coarse, String fine) {
    Tensor coarseMap = map(2, 0, 0, 0, 0, 0, 0, 10, 5);
    Tensor fineMap = map(4, 3, 3, 0, 0, 0, 0, 10, 3);

    Boxes boxes = boxes("YOLOV3Head", TWO, Map.of(coarse, coarseMap, fine, fineMap));

    // 16 -+ 20 clamped to the picture, and 56 -+ 5, 56 -+ 10
    assertThat(boxes.size()).isEqualTo(2);
    assertThat(boxes.x2(0)).isEqualTo(36);
    assertThat(boxes.x1(1)).isEqualTo(51);
    assertThat(boxes.y1(1)).isEqualTo(46);
  }

  @Test
  void shouldJudgeObjectnessByTheModelsThresholdAndTheScoreByTheCallers() {
    // sigmoid(1) = 0.73 and sigmoid(-1) = 0.27
    Map<String, Tensor> tensors = Map.of("out", map(2, 0, 0, 0, 0, 0, 0, 1, -1));
    HeadOptions options = new HeadOptions(OptionalDouble.of(0.5));

    assertThat(boxes("YOLOV3Head", ONE, tensors).score(0)).isCloseTo(.19661f, within(1e-5f));
    Boxes asked =
        (Boxes) head("YOLOV3Head", ONE).decode(outputs(tensors), 0, plain(64, 64), options);
    assertThat(asked.size()).isZero();
  }

  @Test
  void shouldSayWhatIsWrong() {
    refused(
        Map.of("a", map(2, 0, 0, 0, 0, 0, 0, 9, 9), "b", tensor(Shape.of(1))),
        "expected 1 outputs");
    refused(Map.of("a", tensor(Shape.of(1, 6))), "expected FLOAT32[B,C,H,W], found FLOAT32[1,6]");
    refused(
        Map.of("a", tensor(Shape.of(1, 6, 0, 2))),
        "expected FLOAT32[?,?,?,?], found FLOAT32[1,6,0,2]");
    refused(Map.of("a", tensor(Shape.of(1, 5, 1, 1))), "expected FLOAT32[B,1*(5+C),H,W]");
    refused(Map.of("a", map(2, 0, 0, 0, 0, 0, 0, Float.NaN, 9)), "holds NaN: the score of a box");
    refused(Map.of("a", map(2, 0, 0, 0, Float.NaN, 0, 0, 9, 9)), "holds NaN: box");
  }

  private static void refused(Map<String, Tensor> tensors, String message) {
    assertRefused("YOLOV3Head", ONE, tensors, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                    | $.anchor_generator: expected an object, found nothing",
        "{'base_sizes':[[1,2]],'strides':[]}   | $.anchor_generator.base_sizes: expected [width, height]",
        "{'base_sizes':[[1]],'strides':[8]}    | $.anchor_generator.base_sizes: expected [width, height]",
        "{'base_sizes':[1],'strides':[8]}      | $.anchor_generator.base_sizes[0]: expected an array",
        "{'base_sizes':[['a']],'strides':[8]}  | $.anchor_generator.base_sizes[0]: expected a number",
      })
  void shouldNamePathAndValueWhenAParameterIsWrong(String generator, String message) {
    String json = generator.replace('\'', '"');
    assertWrong(
        "YOLOv5Head", json.equals("{}") ? json : "{\"anchor_generator\":" + json + "}", message);
  }
}
