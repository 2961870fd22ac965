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
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YOLOXHeadTest {
  /** 64x32 at strides 8, 16, 32: 8x4 + 4x2 + 2x1 cells. */
  private static final int CELLS = 42;

  private static final int CLASSES = 3;
  private static final int COLUMNS = 5 + CLASSES;

  private static Tensor empty(int batch) {
    return tensor(DataType.FLOAT32, Shape.of(batch, CELLS, COLUMNS));
  }

  private static void cell(Tensor output, int cell, float... values) {
    output.floats().put(cell * COLUMNS, values);
  }

  private static List<String> decode(String params, Tensor output, int index, SampleMeta meta) {
    return decode(params, Map.of("output", output), index, meta);
  }

  private static List<String> decode(
      String params, Map<String, Tensor> tensors, int index, SampleMeta meta) {
    Head<?> head = head("YOLOXHead", params);
    return lines((Boxes) head.decode(outputs(tensors), index, meta, HeadOptions.DEFAULT));
  }

  @Test
  void shouldDecodeGridStrideAndClassWhenCellsLieOnEveryLevel() {
    Tensor output = empty(1);
    // Stride 8, row 1, column 2; stride 16, row 1, column 3; stride 32, row 0, column 1.
    cell(output, 8 + 2, .5f, .25f, (float) Math.log(2), 0, .9f, 0, .5f, .1f);
    cell(output, 32 + 4 + 3, 0, 0, 0, (float) Math.log(.5), .8f, 1, 0, 0);
    cell(output, 40 + 1, -.5f, .5f, 0, 0, 1, 0, 0, .75f);

    assertThat(decode("{}", output, 0, plain(64, 32)))
        .containsExactly(
            "0 0.8 40.0 12.0 56.0 20.0", // centre 48,16, 16x8
            "2 0.75 0.0 0.0 32.0 31.0", // centre 16,16, 32x32, clipped to the last row
            "1 0.45 12.0 6.0 28.0 14.0"); // centre 20,10, 16x8
  }

  @Test
  void shouldReadTheAskedEntryOfTheBatchAndAnyNameWhenThereIsOneOutput() {
    Tensor output = empty(2);
    cell(output, CELLS, .5f, .5f, 0, 0, 1, 1, 0, 0);

    assertThat(decode("{}", Map.of("abc", output), 0, plain(64, 32))).isEmpty();
    assertThat(decode("{}", Map.of("abc", output), 1, plain(64, 32)))
        .containsExactly("0 1.0 0.0 0.0 8.0 8.0");
  }

  @Test
  void shouldMapBackToTheSourceWhenPaddedAndScaled() {
    Tensor output = empty(1);
    cell(output, 8 + 2, .5f, .5f, 0, 0, 1, 1, 0, 0);
    SampleMeta meta =
        new SampleMeta(100, 56, 50, 28, .5f, .5f, 2, 7, 1, 3, 64, 32, 1, Optional.empty());

    assertThat(decode("{}", output, 0, meta)).containsExactly("0 1.0 15.0 11.0 31.0 27.0");
  }

  @Test
  void shouldSuppressWithinAClassOnlyAndKeepTheBest() {
    Tensor output = empty(1);
    cell(output, 8, 1, .5f, 1, 1, .7f, 1, 0, 0);
    cell(output, 9, 0, .5f, 1, 1, .9f, 1, 0, 0);
    cell(output, 10, -1, .5f, 1, 1, .8f, 0, 1, 0);

    assertThat(decode("{}", output, 0, plain(64, 32)))
        .extracting(s -> s.substring(0, 5))
        .containsExactly("0 0.9", "1 0.8");
    assertThat(decode("{\"nms\":{\"iou_threshold\":1}}", output, 0, plain(64, 32))).hasSize(3);
    assertThat(decode("{\"max_per_img\":1}", output, 0, plain(64, 32))).hasSize(1);
    assertThat(decode("{\"score_thr\":0.8}", output, 0, plain(64, 32))).hasSize(1);
    assertThat(decode("{\"min_bbox_size\":22}", output, 0, plain(64, 32))).isEmpty();
  }

  @Test
  void shouldTakeStridesAndInputSizeFromTheParameters() {
    Tensor output = empty(1);
    cell(output, 0, .5f, .5f, 0, 0, 1, 1, 0, 0);

    assertThat(decode("{\"strides\":[32,16,8],\"input_size\":[64,32]}", output, 0, plain(500, 500)))
        .containsExactly("0 1.0 0.0 0.0 32.0 32.0");
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3", "4", "5", "7"})
  void shouldFailWhenAKeptCellHoldsNaN(int column) {
    Tensor output = empty(1);
    float[] values = {0, 0, 0, 0, .9f, .9f, .1f, .1f};
    values[column] = Float.NaN;
    cell(output, 5, values);

    assertThatThrownBy(() -> decode("{}", output, 0, plain(64, 32)))
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining("the network's output holds NaN")
        .hasMessageContaining("cell at 5,0, stride=8")
        .extracting(e -> ((AvocetException) e).status())
        .isEqualTo(Status.FAIL);
  }

  @Test
  void shouldClipWhenASizeOverflows() {
    Tensor output = empty(1);
    cell(output, 0, .5f, .5f, 1000, 1000, 1, 1, 0, 0);

    assertThat(decode("{}", output, 0, plain(64, 32))).containsExactly("0 1.0 0.0 0.0 63.0 31.0");
  }

  @Test
  void shouldSayExpectedAndFoundWhenTheOutputDoesNotFit() {
    Tensor output = empty(1);

    fails(output, 0, plain(64, 64), "strides=[8, 16, 32] on an input of 64x64 make 84 cells");
    fails(output, 0, plain(64, 64), "found [1,42,8]");
    fails(output, 1, plain(64, 32), "expected a batch of at least 2, found FLOAT32[1,42,8]");
    fails(
        tensor(DataType.FLOAT32, Shape.of(1, 42, 5)),
        0,
        plain(64, 32),
        "expected FLOAT32[B,A,5+C], found FLOAT32[1,42,5]");
    fails(tensor(DataType.INT32, Shape.of(1, 42, 8)), 0, plain(64, 32), "found INT32");
    Map<String, Tensor> two = new TreeMap<>(Map.of("a", output, "b", output));
    assertThatThrownBy(() -> decode("{}", two, 0, plain(64, 32)))
        .hasMessageContaining("no output \"output\" but [a, b]");
  }

  private static void fails(Tensor output, int index, SampleMeta meta, String message) {
    assertThatThrownBy(() -> decode("{}", output, index, meta))
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((AvocetException) e).status())
        .isEqualTo(Status.FAIL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"strides\":[]}        | $.strides: expected strides of 1 or more, found []",
        "{\"strides\":[8,0]}     | $.strides: expected strides of 1 or more, found [8,0]",
        "{\"max_per_img\":0}     | $.max_per_img: expected 1 or more, found 0",
        "{\"input_size\":[64]}   | $.input_size: expected [width, height] of 1 or more, found [64]",
        "{\"nms\":3}             | $.nms: expected an object, found 3",
      })
  void shouldNamePathAndValueWhenAParameterIsWrong(String params, String message) {
    assertThatThrownBy(() -> head("YOLOXHead", params))
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining("pipeline.json: " + message);
  }

  @Test
  void shouldAllocateNextToNothingWhateverIsFound() {
    Tensor output = empty(1);
    for (int i = 0; i < CELLS; i++) {
      cell(output, i, .5f, .5f, 1, 1, .9f, .8f, .1f, .2f);
    }
    NetOutputs outputs = outputs(Map.of("output", output));
    Head<?> head = head("YOLOXHead", "{}");
    SampleMeta meta = plain(64, 32);

    long bytes =
        HeadTests.allocatedPerCall(() -> head.decode(outputs, 0, meta, HeadOptions.DEFAULT));

    assertThat(bytes).isLessThan(200);
  }
}
