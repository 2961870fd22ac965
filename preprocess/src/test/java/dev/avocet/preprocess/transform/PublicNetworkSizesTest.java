package dev.avocet.preprocess.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Shape;
import dev.avocet.preprocess.PlanMode;
import dev.avocet.preprocess.Prepared;
import dev.avocet.preprocess.Preprocessor;
import dev.avocet.preprocess.Steps;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes and sampling that networks outside of the reference's world want. */
class PublicNetworkSizesTest {
  private static Prepared plan(int width, int height, String step) {
    String all = "[{'type':'LoadImageFromFile'}," + step + "]";
    try (Image image = Image.allocate(PixelFormat.BGR, width, height);
        Preprocessor preprocessor = Preprocessor.create(Steps.of(all), PlanMode.FUSED)) {
      return preprocessor.plan(image);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
           218 |  346 | 'long_edge':513,'stride':16 | 321 | 513 | BILINEAR
          1440 | 1080 | 'long_edge':513,'stride':16 | 513 | 385 | AREA
          1440 | 1080 | 'interpolation':'nearest'   | 513 | 385 | NEAREST
           640 |  480 | 'long_edge':300,'stride':32 | 289 | 225 | AREA
           400 |    1 | 'long_edge':400             | 401 |  17 | BILINEAR
          """)
  void shouldCutToAMultipleOfTheStrideAndOne(
      int width, int height, String params, int toWidth, int toHeight, String sampling) {
    Prepared plan = plan(width, height, "{'type':'PoseNetResize'," + params + "}");
    assertThat(plan.shape()).isEqualTo(Shape.of(1, toHeight, toWidth, 3));
    assertThat(plan.meta().scaleX()).isEqualTo((float) ((double) toWidth / width));
    assertThat(plan.meta().scaleY()).isEqualTo((float) ((double) toHeight / height));
    assertThat(plan.description()).contains(sampling);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          640 | 427 | 'scale':[320,320]                            | 320 | 213 | AREA
          640 | 427 | 'scale':[320,320],'interpolation':'bilinear' | 320 | 213 | BILINEAR
          160 | 107 | 'scale':[320,320]                            | 320 | 214 | BILINEAR
          """)
  void shouldSampleAsToldOrByWhetherThePictureShrinks(
      int width, int height, String params, int toWidth, int toHeight, String sampling) {
    Prepared plan = plan(width, height, "{'type':'YOLOv5KeepRatioResize'," + params + "}");
    assertThat(plan.shape()).isEqualTo(Shape.of(1, toHeight, toWidth, 3));
    assertThat(plan.description()).contains(sampling);
  }

  @ParameterizedTest
  @CsvSource({"half_up,341,59", "half_even,341,58", "half_even,343,60", "half_up,342,59"})
  void shouldCutTheMiddleFromTheRoundedCorner(String rounding, int width, int left) {
    String crop = "{'type':'CenterCrop','crop_size':224,'rounding':'%s'}".formatted(rounding);
    assertThat(plan(width, 256, crop).description())
        .contains("224x224 at %d,16 of the source".formatted(left));
  }

  @ParameterizedTest
  @CsvSource({"100,32,320,32", "320,32,320,32", "747,32,747,32", "100,48,320,48", "9,8,320,32"})
  void shouldPadOnlyWhatIsTooSmall(int width, int height, int toWidth, int toHeight) {
    Prepared plan = plan(width, height, "{'type':'Pad','min_size':[320,32]}");
    assertThat(plan.shape()).isEqualTo(Shape.of(1, toHeight, toWidth, 3));
    assertThat(plan.meta().padTop()).isZero();
    assertThat(plan.meta().padLeft()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'type':'PoseNetResize','long_edge':0   | long_edge: expected at least 1, found 0
          'type':'PoseNetResize','stride':-1     | stride: expected at least 1, found -1
          'type':'CenterCrop','crop_size':9,'rounding':'up' | rounding: expected half_up or half_even
          'type':'Pad','min_size':[0,32]         | min_size: expected a number or two numbers
          """)
  void shouldSayWhatIsWrong(String step, String message) {
    assertThatThrownBy(() -> plan(10, 10, "{" + step + "}")).hasMessageContaining(message);
  }
}
