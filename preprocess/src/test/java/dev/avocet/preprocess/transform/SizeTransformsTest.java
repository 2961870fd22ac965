package dev.avocet.preprocess.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Shape;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.preprocess.PlanMode;
import dev.avocet.preprocess.Prepared;
import dev.avocet.preprocess.Preprocessor;
import dev.avocet.preprocess.Steps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes and geometry of the steps for text and of those that other toolkits have. */
class SizeTransformsTest {
  private static Prepared plan(int width, int height, String steps) {
    String all = "[{'type':'LoadImageFromFile'}," + steps + "]";
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
          100 |  40 | 'RescaleToHeight','height':32,'min_width':32,'max_width':160,'width_divisor':16   | 80   | 32
          333 |  50 | 'RescaleToHeight','height':32,'min_width':32,'max_width':160,'width_divisor':16   | 160  | 32
           20 |  40 | 'RescaleToHeight','height':32,'min_width':32,'max_width':160,'width_divisor':16   | 32   | 32
          200 |  60 | 'RescaleToHeight','height':32,'min_width':null,'max_width':null,'width_divisor':16 | 112 | 32
            3 |  60 | 'RescaleToHeight','height':32,'width_divisor':16                                  | 16   | 32
          500 |  32 | 'RescaleToHeight','height':32,'max_width':104,'width_divisor':16                  | 112  | 32
          500 |  32 | 'RescaleToHeight','height':48                                                     | 750  | 48
           97 |  50 | 'ShortScaleAspectJitter','short_size':64,'ratio_range':[1,1],'aspect_ratio_range':[1,1],'scale_divisor':32 | 128 | 64
          333 | 200 | 'ShortScaleAspectJitter','ratio_range':[1.0,1.0],'aspect_ratio_range':[1.0,1.0]   | 1225 | 736
          709 | 132 | 'DetResizeForTest','limit_side_len':320,'limit_type':'min','max_side_limit':960   | 960  | 192
          460 | 276 | 'DetResizeForTest','limit_side_len':320,'limit_type':'min','max_side_limit':960   | 544  | 320
          206 | 182 | 'DetResizeForTest','limit_side_len':320,'limit_type':'min','max_side_limit':960   | 352  | 320
          100 | 100 | 'DetResizeForTest'                                                                | 736  | 736
          1920 |1080 | 'DetResizeForTest','limit_side_len':960,'limit_type':'max'                        | 960  | 544
           64 |  16 | 'DetResizeForTest','limit_side_len':960,'limit_type':'max'                        | 64   | 32
          100 |  50 | 'DetResizeForTest','limit_side_len':960,'limit_type':'resize_long'                | 960  | 480
           80 | 112 | 'DetResizeForTest','limit_side_len':10                                            | 64   | 128
          100 |  50 | 'ResizeToMultiple'                                                                | 128  | 64
           64 |  32 | 'ResizeToMultiple','size_divisor':32,'interpolation':null                         | 64   | 32
          333 | 200 | 'ResizeEdge','scale':100                                                          | 166  | 100
          333 | 200 | 'ResizeEdge','scale':100,'edge':'long'                                            | 100  | 60
          333 | 200 | 'ResizeEdge','scale':50,'edge':'width'                                            | 50   | 30
          333 | 200 | 'ResizeEdge','scale':50,'edge':'height'                                           | 83   | 50
          768 | 576 | 'YOLOv5KeepRatioResize','scale':[640,640]                                         | 640  | 480
          1333 | 800 | 'YOLOv5KeepRatioResize','scale':640                                               | 640  | 384
          333 | 500 | 'YOLOv5KeepRatioResize','scale':[416,416]                                         | 277  | 416
            1 |2000 | 'YOLOv5KeepRatioResize','scale':640                                               | 1    | 640
          300 | 200 | 'FixShapeResize','width':64,'height':48                                        | 64   | 48
           50 |  20 | 'LoadAnnotations','with_bbox':true                                            | 50   | 20
           50 |  20 | 'FixInvalidPolygon'                                                           | 50   | 20
           50 |  20 | 'PadToWidth','width':40                                                       | 50   | 20
          300 | 200 | 'Resize','scale':[30,40]                                                          | 30   | 40
          300 | 200 | 'Compose','transforms':[{'type':'Resize','size':90},{'type':'CenterCrop','crop_size':50}] | 50 | 50
          """)
  void shouldMakeTheSize(int width, int height, String step, int toWidth, int toHeight) {
    Prepared plan = plan(width, height, "{'type':" + step + "}");
    assertThat(plan.shape()).isEqualTo(Shape.of(1, toHeight, toWidth, 3));
    assertThat(plan.pass()).isPresent();
    SampleMeta meta = plan.meta();
    assertThat(meta.width()).isEqualTo(toWidth);
    assertThat(meta.height()).isEqualTo(toHeight);
    assertThat(meta.validRatio()).isEqualTo(1);
    if (!step.contains("Crop")) {
      assertThat(meta.scaleX()).isEqualTo((float) toWidth / width, within(1e-6f));
      assertThat(meta.scaleY()).isEqualTo((float) toHeight / height, within(1e-6f));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          100 | 40 | 'min_width':32,'max_width':160                           | 160 | 80  | 0.5
          333 | 50 | 'min_width':32,'max_width':160                           | 160 | 160 | 1
           20 | 40 | 'min_width':32,'max_width':160                           | 160 | 32  | 0.2
            3 | 60 | 'max_width':160                                          | 160 | 16  | 0.1
          333 | 50 | 'max_width':null                                         | 208 | 208 | 1
          100 | 40 | 'max_width':160,'keep_aspect_ratio':false                | 160 | 160 | 1
          100 | 40 | 'max_width':160,'width_downsample_ratio':0.25            | 160 | 80  | 0.5
          """)
  void shouldPadTextOnTheRightAndSayHowMuchIsValid(
      int width, int height, String params, int toWidth, int shown, float validRatio) {
    Prepared plan =
        plan(width, height, "{'type':'ResizeOCR','height':32,'img_pad_value':7," + params + "}");
    assertThat(plan.shape()).isEqualTo(Shape.of(1, 32, toWidth, 3));
    assertThat(plan.meta().validRatio()).isEqualTo(validRatio);
    assertThat(plan.meta().width()).isEqualTo(shown);
    assertThat(plan.pass().orElseThrow().kept().width()).isEqualTo(shown);
    assertThat(plan.pass().orElseThrow().left()).isZero();
    if (shown < toWidth) {
      assertThat(plan.pass().orElseThrow().padValue()).containsOnly(7);
    }
  }

  @Test
  void shouldPadLinesThatAreTooNarrowAfterNormalizingThem() {
    Prepared plan =
        plan(
            100,
            40,
            "{'type':'RescaleToHeight','height':32},"
                + "{'type':'Normalize','mean':[127.5,127.5,127.5],'std':[127.5,127.5,127.5]},"
                + "{'type':'PadToWidth','width':320}");
    assertThat(plan.shape()).isEqualTo(Shape.of(1, 32, 320, 3));
    assertThat(plan.meta().validRatio()).isEqualTo(0.25f);
    assertThat(plan.pass().orElseThrow().padValue()).containsOnly(0);
    assertThat(plan.pass().orElseThrow().kept().width()).isEqualTo(80);
  }

  @Test
  void shouldFitIntoAFixedShapeAndPad() {
    Prepared plan =
        plan(
            300,
            200,
            "{'type':'FixShapeResize','width':64,'height':64,'keep_ratio':true,'pad_val':9}");
    assertThat(plan.shape()).isEqualTo(Shape.of(1, 64, 64, 3));
    // 200 * 64 / 300 = 42.67
    assertThat(plan.pass().orElseThrow().kept().height()).isEqualTo(43);
    assertThat(plan.pass().orElseThrow().top()).isZero();
    assertThat(plan.pass().orElseThrow().padValue()).containsOnly(9);
    assertThat(plan.meta().height()).isEqualTo(43);
  }

  @Test
  void shouldSampleByAreaWhenItShrinksAndBilinearWhenItGrows() {
    String step = "{'type':'YOLOv5KeepRatioResize','scale':640}";
    assertThat(plan(900, 700, step).pass().orElseThrow().interpolation())
        .isEqualTo(Interpolation.AREA);
    assertThat(plan(500, 375, step).pass().orElseThrow().interpolation())
        .isEqualTo(Interpolation.BILINEAR);
  }

  @Test
  void shouldLetterSmallPicturesAfterYolov5HasMadeThemLarge() {
    Prepared plan =
        plan(
            320,
            240,
            "{'type':'YOLOv5KeepRatioResize','scale':[640,640]},"
                + "{'type':'LetterResize','scale':[640,640],'pad_val':114,'allow_scale_up':false}");
    assertThat(plan.shape()).isEqualTo(Shape.of(1, 640, 640, 3));
    assertThat(plan.pass().orElseThrow().top()).isEqualTo(80);
    assertThat(plan.meta().scaleX()).isEqualTo(2);
    assertThat(plan.meta().padTop()).isEqualTo(80);
  }
}
