package dev.avocet.postprocess.mmedit;

import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.outputs;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.Memory;
import dev.avocet.core.postprocess.HeadOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorToImgTest {
  private static Image decode(Tensor output, int index) {
    return (Image)
        head("TensorToImg", "{}")
            .decode(outputs(Map.of("output", output)), index, plain(9, 9), HeadOptions.DEFAULT);
  }

  private static int[] row(Image image, int y) {
    int[] values = new int[image.width() * image.format().channels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = image.plane(0).get(y * image.planes().get(0).stride() + i) & 0xff;
    }
    return values;
  }

  @Test
  void shouldInterleaveChannelsOfTheAskedEntryWithoutSwappingThem() {
    Tensor output = tensor(DataType.FLOAT32, Shape.of(2, 3, 2, 5));
    for (int i = 0; i < 60; i++) {
      output.floats().put(i, i / 255f);
    }

    try (Image image = decode(output, 1)) {
      assertThat(image).hasToString("5x2 RGB");
      assertThat(row(image, 0))
          .containsExactly(30, 40, 50, 31, 41, 51, 32, 42, 52, 33, 43, 53, 34, 44, 54);
      assertThat(row(image, 1))
          .containsExactly(35, 45, 55, 36, 46, 56, 37, 47, 57, 38, 48, 58, 39, 49, 59);
    }
  }

  @Test
  void shouldMakeGrayWhenThereIsOneChannel() {
    try (Image image = decode(tensor(Shape.of(1, 1, 1, 2), 0, 1), 0)) {
      assertThat(image.format()).isEqualTo(PixelFormat.GRAY8);
      assertThat(row(image, 0)).containsExactly(0, 255);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 128", // 127.5, to even
    "0.1, 26", // 25.5, to even
    "0.3, 76", // 76.5, to even
    "-0.3, 0",
    "1.1, 255",
    "1e30, 255",
    "-Infinity, 0",
    "Infinity, 255"
  })
  void shouldRoundHalvesToEvenAndClamp(float value, int pixel) {
    try (Image image = decode(tensor(Shape.of(1, 1, 1, 1), value), 0)) {
      assertThat(row(image, 0)).containsExactly(pixel);
    }
  }

  @Test
  void shouldFailAndFreeThePictureWhenAPixelIsNaN() {
    Tensor output = tensor(Shape.of(1, 1, 1, 3), 0, Float.NaN, 1);
    long before = Memory.liveBytes();

    assertThatThrownBy(() -> decode(output, 0))
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining("the network's output holds NaN")
        .extracting(e -> ((AvocetException) e).status())
        .isEqualTo(Status.FAIL);
    assertThat(Memory.liveBytes()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32,1,2,4,4", "INT32,1,3,4,4", "FLOAT32,1,3,0,4"})
  void shouldSayExpectedAndFoundWhenTheOutputIsWrong(DataType type, int b, int c, int h, int w) {
    assertThatThrownBy(() -> decode(tensor(type, Shape.of(b, c, h, w)), 0))
        .isInstanceOf(AvocetException.class)
        .hasMessage(
            "output \"output\": expected FLOAT32[B,1,H,W] or FLOAT32[B,3,H,W], found "
                + type
                + Shape.of(b, c, h, w));
  }
}
