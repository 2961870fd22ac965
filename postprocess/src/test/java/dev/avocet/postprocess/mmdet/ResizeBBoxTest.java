package dev.avocet.postprocess.mmdet;

import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.lines;
import static dev.avocet.postprocess.HeadTests.outputs;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.HeadTests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResizeBBoxTest {
  private static List<String> decode(
      String params, Map<String, Tensor> tensors, int index, SampleMeta meta) {
    Head<?> head = head("ResizeBBox", params);
    return lines((Boxes) head.decode(outputs(tensors), index, meta, HeadOptions.DEFAULT));
  }

  private static Tensor labels(DataType type, Shape shape, int... values) {
    Tensor tensor = tensor(type, shape);
    for (int i = 0; i < values.length; i++) {
      switch (type) {
        case FLOAT32 -> tensor.floats().put(i, values[i]);
        case INT32 -> tensor.ints().put(i, values[i]);
        case INT64 -> tensor.longs().put(i, values[i]);
        default -> tensor.bytes().put(i, (byte) values[i]);
      }
    }
    return tensor;
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "INT32", "INT64"})
  void shouldReadLabelsOfAnyTypeAndTheAskedEntryOfTheBatch(DataType type) {
    Tensor dets =
        tensor(Shape.of(2, 2, 5), 1, 2, 3, 4, .9f, 1, 2, 3, 5, .8f, 5, 6, 9, 9, .7f, 0, 0, 1, 1, 0);
    Tensor labels = labels(type, Shape.of(2, 2), 3, 4, 70, -1);
    Map<String, Tensor> tensors = Map.of("dets", dets, "labels", labels);

    assertThat(decode("{}", tensors, 0, plain(100, 100)))
        .containsExactly("3 0.9 1.0 2.0 3.0 4.0", "4 0.8 1.0 2.0 3.0 5.0");
    assertThat(decode("{}", tensors, 1, plain(100, 100))).containsExactly("70 0.7 5.0 6.0 9.0 9.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                  | 3",
        "{\"score_thr\":0.5}                 | 1",
        "{\"score_thr\":0.4999}              | 2",
        "{\"conf_thr\":0.7,\"score_thr\":0}  | 0",
        "{\"min_bbox_size\":10}              | 2",
        "{\"min_bbox_size\":10.5}            | 1",
      })
  void shouldKeepWhatIsAboveTheThresholdAndLargeEnough(String params, int kept) {
    Tensor dets =
        tensor(
            Shape.of(1, 5, 5),
            new float[] {
              0, 0, 10, 10, .5f, //
              0, 0, 20, 20, .6f, //
              0, 0, 30, 8, .1f, //
              0, 0, 30, 30, 0, //
              9, 9, 5, 20, .4f
            });
    Tensor labels = labels(DataType.INT64, Shape.of(1, 5), 0, 1, 2, -1, 3);

    assertThat(decode(params, Map.of("dets", dets, "labels", labels), 0, plain(100, 100)))
        .hasSize(kept);
  }

  @Test
  void shouldKeepEverythingWithScoreZeroWhenThereAreFourColumns() {
    Tensor dets = tensor(Shape.of(1, 1, 4), 1, 2, 3, 4);
    Tensor labels = labels(DataType.INT32, Shape.of(1, 1), 7);

    assertThat(
            decode("{\"score_thr\":0.9}", Map.of("dets", dets, "labels", labels), 0, plain(9, 9)))
        .containsExactly("7 0.0 1.0 2.0 3.0 4.0");
  }

  @Test
  void shouldMapBackInFloat32WhenScaledPaddedAndBordered() {
    float sx = 416 / 768f;
    float sy = 312 / 576f;
    SampleMeta meta =
        new SampleMeta(768, 576, 416, 312, sx, sy, 52, 7, 3, 5, 416, 416, 1, Optional.empty());
    Tensor dets = tensor(Shape.of(1, 1, 5), 100.3f, 90.7f, 200.1f, 300.9f, .5f);
    Tensor labels = labels(DataType.INT32, Shape.of(1, 1), 0);

    assertThat(decode("{}", Map.of("dets", dets, "labels", labels), 0, meta))
        .containsExactly(
            "0 0.5 %s %s %s %s"
                .formatted(
                    (100.3f - 7) / sx - 5,
                    (90.7f - 52) / sy - 3,
                    (200.1f - 7) / sx - 5,
                    (300.9f - 52) / sy - 3));
  }

  @Test
  void shouldClipToTheLastPixel() {
    Tensor dets = tensor(Shape.of(1, 1, 5), -5, -1e9f, 1e9f, Float.POSITIVE_INFINITY, 1);
    Tensor labels = labels(DataType.INT32, Shape.of(1, 1), 0);

    assertThat(decode("{}", Map.of("dets", dets, "labels", labels), 0, plain(64, 48)))
        .containsExactly("0 1.0 0.0 0.0 63.0 47.0");
  }

  @Test
  void shouldTakeDetectionOutputWhenThereAreNoDets() {
    SampleMeta meta =
        new SampleMeta(200, 100, 100, 50, .5f, .5f, 0, 0, 0, 0, 128, 64, 1, Optional.empty());
    Tensor output = tensor(Shape.of(1, 2, 6), 3, .6f, .1f, .2f, .3f, .4f, 0, 0, 0, 0, 1, 1);

    assertThat(decode("{}", Map.of("detection_output", output), 0, meta))
        .containsExactly(
            "2 0.6 %s %s %s %s"
                .formatted(.1f * 100 / .5f, .2f * 50 / .5f, .3f * 100 / .5f, .4f * 50 / .5f));
  }

  @Test
  void shouldSayWhichOfTheOutputsADetectionIs() {
    Tensor dets = tensor(Shape.of(1, 3, 5), 0, 0, 5, 5, .4f, 9, 9, 5, 5, .9f, 0, 0, 5, 5, .6f);
    Tensor labels = labels(DataType.INT32, Shape.of(1, 3), 0, 1, 2);

    Boxes found =
        (Boxes)
            HeadTests.decode(
                "ResizeBBox", "{}", Map.of("dets", dets, "labels", labels), plain(9, 9));

    assertThat(List.of(found.index(0), found.index(1))).containsExactly(0, 2);
  }

  @Test
  void shouldPreferTheCallersThreshold() {
    Tensor dets = tensor(Shape.of(1, 2, 5), 0, 0, 5, 5, .4f, 0, 0, 5, 5, .6f);
    Tensor labels = labels(DataType.INT32, Shape.of(1, 2), 0, 1);
    Head<?> head = head("ResizeBBox", "{\"score_thr\":0.9}");
    HeadOptions options = new HeadOptions(OptionalDouble.of(0.5));

    Boxes found =
        (Boxes)
            head.decode(outputs(Map.of("dets", dets, "labels", labels)), 0, plain(9, 9), options);

    assertThat(lines(found)).containsExactly("1 0.6 0.0 0.0 5.0 5.0");
  }

  @ParameterizedTest
  @CsvSource({"0", "2", "4"})
  void shouldFailWhenAScoreOrCoordinateIsNaN(int column) {
    float[] values = {1, 2, 3, 4, .9f};
    values[column] = Float.NaN;
    Map<String, Tensor> tensors =
        Map.of(
            "dets",
            tensor(Shape.of(1, 1, 5), values),
            "labels",
            labels(DataType.INT32, Shape.of(1, 1), 0));

    assertThatThrownBy(() -> decode("{}", tensors, 0, plain(9, 9)))
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining("the network's output holds NaN")
        .extracting(e -> ((AvocetException) e).status())
        .isEqualTo(Status.FAIL);
  }

  @Test
  void shouldSayExpectedAndFoundWhenOutputsAreWrong() {
    Tensor dets = tensor(Shape.of(1, 1, 5), 1, 2, 3, 4, 1);
    Tensor labels = labels(DataType.INT32, Shape.of(1, 1), 0);
    Tensor six = tensor(Shape.of(1, 1, 6), 1, 2, 3, 4, 5, 6);
    Tensor flat = tensor(Shape.of(1, 5), 1, 2, 3, 4, 1);
    Tensor bytes = labels(DataType.UINT8, Shape.of(1, 1), 0);
    Tensor two = labels(DataType.INT32, Shape.of(1, 2), 0, 0);

    fails(
        Map.of("dets", six, "labels", labels),
        0,
        "output \"dets\": expected FLOAT32[B,N,4] or FLOAT32[B,N,5], found FLOAT32[1,1,6]");
    fails(Map.of("dets", flat, "labels", labels), 0, "found FLOAT32[1,5]");
    fails(Map.of("dets", dets, "labels", two), 0, "\"labels\": expected [1,1], found INT32[1,2]");
    fails(
        Map.of("dets", dets, "labels", bytes),
        0,
        "\"labels\": expected FLOAT32, INT32 or INT64, found UINT8[1,1]");
    fails(Map.of("dets", dets, "labels", labels), 1, "expected a batch of at least 2");
    fails(Map.of("dets", dets), 0, "no output \"labels\" but [dets]");
    fails(Map.of("boxes", dets), 0, "no output \"dets\" but [boxes]");
    fails(Map.of("detection_output", dets), 0, "expected FLOAT32[B,N,6], found FLOAT32[1,1,5]");
  }

  private static void fails(Map<String, Tensor> tensors, int index, String message) {
    assertThatThrownBy(() -> decode("{}", tensors, index, plain(9, 9)))
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((AvocetException) e).status())
        .isEqualTo(Status.FAIL);
  }

  @Test
  void shouldAllocateNextToNothingWhateverIsFound() {
    Tensor dets = tensor(DataType.FLOAT32, Shape.of(1, 300, 5));
    for (int i = 0; i < 300; i++) {
      dets.floats().put(5 * i, new float[] {i, i, i + 20, i + 20, 0.5f});
    }
    Tensor labels = labels(DataType.INT64, Shape.of(1, 300), 0);
    NetOutputs outputs = outputs(Map.of("dets", dets, "labels", labels));
    Head<?> head = head("ResizeBBox", "{}");
    SampleMeta meta = plain(640, 640);

    long bytes =
        HeadTests.allocatedPerCall(() -> head.decode(outputs, 0, meta, HeadOptions.DEFAULT));

    assertThat(bytes).isLessThan(400);
  }
}
