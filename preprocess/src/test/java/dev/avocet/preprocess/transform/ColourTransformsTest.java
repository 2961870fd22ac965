package dev.avocet.preprocess.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Tensor;
import dev.avocet.preprocess.PlanMode;
import dev.avocet.preprocess.Prepared;
import dev.avocet.preprocess.Preprocessor;
import dev.avocet.preprocess.Steps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColourTransformsTest {
  /** What becomes of one pixel of blue 10, green 100, red 200. */
  private static float[] pixel(String steps, PlanMode mode) {
    String all = "[{'type':'LoadImageFromFile'" + steps + "]";
    try (Image image = Image.copyOf(new byte[] {10, 100, (byte) 200}, PixelFormat.BGR, 1, 1);
        Preprocessor preprocessor = Preprocessor.create(Steps.of(all), mode)) {
      Prepared plan = preprocessor.plan(image);
      try (Tensor tensor = Tensor.allocate(plan.type(), plan.shape())) {
        preprocessor.run(image, tensor, 0);
        float[] values = new float[(int) plan.shape().elements()];
        for (int i = 0; i < values.length; i++) {
          values[i] =
              plan.type() == DataType.UINT8 ? tensor.bytes().get(i) & 0xff : tensor.floats().get(i);
        }
        return values;
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          },{'type':'BGR2RGB'}                                              | 200 100 10
          },{'type':'BGR2RGB'},{'type':'BGR2RGB'}                           | 10 100 200
          ,'color_type':'grayscale'},{'type':'BGR2RGB'}                     | 120
          },{'type':'ToGray'}                                               | 120 120 120
          },{'type':'ToGray','num_output_channels':1}                       | 120
          ,'channel_order':'rgb'},{'type':'ToGray','num_output_channels':1} | 120
          },{'type':'BGR2RGB'},{'type':'ToGray','num_output_channels':1}    | 120
          ,'color_type':'grayscale'},{'type':'ToGray'}                      | 120 120 120
          """)
  void shouldChangeColours(String steps, String expected) {
    // 0.114 * 10 + 0.587 * 100 + 0.299 * 200 = 119.64
    String[] wanted = expected.split(" ", -1);
    for (PlanMode mode : PlanMode.values()) {
      float[] found = pixel(steps, mode);
      assertThat(found).hasSize(wanted.length);
      for (int c = 0; c < wanted.length; c++) {
        assertThat(found[c]).isEqualTo(Float.parseFloat(wanted[c]));
      }
    }
  }

  @Test
  void shouldRescaleToZeroOne() {
    for (PlanMode mode : PlanMode.values()) {
      assertThat(pixel("},{'type':'RescaleToZeroOne','keys':['img']}", mode))
          .containsExactly(10 * (1 / 255f), 100 * (1 / 255f), 200 * (1 / 255f));
      assertThat(
              pixel(
                  "},{'type':'RescaleToZeroOne'},"
                      + "{'type':'Normalize','mean':[0.5,0.5,0.5],'std':[0.5,0.5,0.5],'to_rgb':true}",
                  mode))
          .containsExactly(
              (200 * (1 / 255f) - 0.5f) * 2,
              (100 * (1 / 255f) - 0.5f) * 2,
              (10 * (1 / 255f) - 0.5f) * 2);
    }
  }
}
