package dev.avocet.preprocess.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import dev.avocet.core.Shape;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.preprocess.PlanMode;
import dev.avocet.preprocess.Prepared;
import dev.avocet.preprocess.Preprocessor;
import dev.avocet.preprocess.Steps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes and geometry that the transforms give, worked out by hand from the reference's rules. */
class TransformGeometryTest {
  private static Prepared plan(int width, int height, String steps) {
    return plan(width, height, Rotation.NONE, steps);
  }

  private static Prepared plan(int width, int height, Rotation rotation, String steps) {
    String all = "[{'type':'LoadImageFromFile'}," + steps + "]";
    try (Image image = Image.allocate(PixelFormat.BGR, width, height);
        Preprocessor preprocessor = Preprocessor.create(Steps.of(all), PlanMode.FUSED)) {
      return preprocessor.plan(image.rotated(rotation));
    }
  }

  private static Shape nhwc(int width, int height) {
    return Shape.of(1, height, width, 3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          768 | 576 | 'size':[416,416],'keep_ratio':true | 416 | 312
          576 | 768 | 'size':[416,416],'keep_ratio':true | 312 | 416
          100 |  50 | 'size':64                          |  64 |  64
          100 |  50 | 'size':[30,40]                     |  30 |  40
          333 | 200 | 'size':[100,-1]                    | 166 | 100
          200 | 333 | 'size':[100,-1]                    | 100 | 166
          100 | 103 | 'size':[256,-1],'keep_ratio':true  | 255 | 263
          103 | 100 | 'size':[256,-1],'keep_ratio':true  | 263 | 255
          100 | 100 | 'size':[256,-1],'keep_ratio':true  | 256 | 256
          999 |   1 | 'size':[10,10],'keep_ratio':true   |  10 |   1
            1 |   1 | 'size':[7,5]                       |   7 |   5
          """)
  void shouldResizeWithTheReferencesArithmetic(
      int width, int height, String params, int toWidth, int toHeight) {
    Prepared plan = plan(width, height, "{'type':'Resize'," + params + "}");
    assertThat(plan.shape()).isEqualTo(nhwc(toWidth, toHeight));
    SampleMeta meta = plan.meta();
    assertThat(meta.originalWidth()).isEqualTo(width);
    assertThat(meta.originalHeight()).isEqualTo(height);
    assertThat(meta.width()).isEqualTo(toWidth);
    assertThat(meta.height()).isEqualTo(toHeight);
    assertThat(meta.scaleX()).isEqualTo((float) ((double) toWidth / width));
    assertThat(meta.scaleY()).isEqualTo((float) ((double) toHeight / height));
  }

  @Test
  void shouldMultiplyScalesWhenResizedTwice() {
    SampleMeta meta =
        plan(100, 200, "{'type':'Resize','size':[50,50]},{'type':'Resize','size':[25,40]}").meta();
    assertThat(meta.scaleX()).isEqualTo(0.25f);
    assertThat(meta.scaleY()).isEqualTo(0.2f, within(1e-7f));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          300 | 200 | 'scale':[320,640]                            | 640 | 320 | 80 | 0   | 1.6
          300 | 200 | 'scale':640                                  | 640 | 640 | 0  | 106 | 2.1333334
          300 | 200 | 'scale':640,'allow_scale_up':false           | 640 | 640 | 170 | 220 | 1
          300 | 200 | 'scale':416,'use_mini_pad':true              | 416 | 288 | 0  | 5   | 1.3866667
          200 | 299 | 'scale':[320,320]                            | 320 | 320 | 53 | 0   | 1.0702341
          """)
  void shouldLetterResizeIntoTheMiddle(
      int width,
      int height,
      String params,
      int toWidth,
      int toHeight,
      int left,
      int top,
      float scale) {
    Prepared plan = plan(width, height, "{'type':'LetterResize','pad_val':114," + params + "}");
    assertThat(plan.shape()).isEqualTo(nhwc(toWidth, toHeight));
    assertThat(plan.meta().padLeft()).isEqualTo(left);
    assertThat(plan.meta().padTop()).isEqualTo(top);
    assertThat(plan.meta().scaleX()).isEqualTo(scale);
    assertThat(plan.meta().scaleY()).isEqualTo(scale);
    assertThat(plan.pass().orElseThrow().left()).isEqualTo(left);
    assertThat(plan.pass().orElseThrow().top()).isEqualTo(top);
  }

  @Test
  void shouldStretchWithoutPaddingWhenAskedTo() {
    Prepared plan = plan(300, 200, "{'type':'LetterResize','scale':320,'stretch_only':true}");
    assertThat(plan.shape()).isEqualTo(nhwc(320, 320));
    assertThat(plan.meta().scaleX()).isEqualTo(320f / 300);
    assertThat(plan.meta().scaleY()).isEqualTo(1.6f);
    assertThat(plan.pass().orElseThrow().padded()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          100 |  50 | 'pad_to_square':true,'size_divisor':32       | 100 | 100 | 0  | 0
          100 |  50 | 'size_divisor':32                            | 128 | 64  | 0  | 0
          128 |  64 | 'size_divisor':32                            | 128 | 64  | 0  | 0
          100 |  50 | 'size':[200,60]                              | 200 | 60  | 0  | 0
          100 |  50 | 'size':200                                   | 200 | 200 | 0  | 0
          100 | 200 | 'size':[400,300],'orientation_agnostic':true | 300 | 400 | 0  | 0
          200 | 100 | 'size':[300,400],'orientation_agnostic':true | 400 | 300 | 0  | 0
          100 |  50 | 'logical_or_val':127                         | 127 | 127 | 13 | 38
          100 |  50 | 'logical_or_val':31,'add_pix_val':1          | 128 | 64  | 14 | 7
          100 |  50 | 'pad_val':3                                  | 100 | 50  | 0  | 0
          """)
  void shouldPadByTheFirstRuleThatIsGiven(
      int width,
      int height,
      String params,
      int toWidth,
      int toHeight,
      int borderLeft,
      int borderTop) {
    Prepared plan = plan(width, height, "{'type':'Pad'," + params + "}");
    assertThat(plan.shape()).isEqualTo(nhwc(toWidth, toHeight));
    assertThat(plan.meta().width()).isEqualTo(width);
    assertThat(plan.meta().borderLeft()).isEqualTo(borderLeft);
    assertThat(plan.meta().borderTop()).isEqualTo(borderTop);
    assertThat(plan.meta().padTop()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          114                     | 114
          [104,116,124]           | 104
          {'img':114}             | 114
          {'img':[114,1,2],'x':0} | 114
          {'seg':255}             | 0
          114.5                   | 114
          300                     | 255
          """)
  void shouldTakeEveryFormOfPadValue(String value, float expected) {
    Prepared plan = plan(10, 20, "{'type':'Pad','pad_to_square':true,'pad_val':" + value + "}");
    assertThat(plan.pass().orElseThrow().padValue()).containsOnly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          100 | 80 | [50,60] | 20 | 15 | 60 | 50
          101 | 81 | [50,60] | 21 | 16 | 60 | 50
          100 | 80 | 200     | 0  | 0  | 100 | 80
          100 | 80 | [90,10] | 45 | 0  | 10 | 80
          """)
  void shouldCropTheMiddle(
      int width, int height, String size, int x, int y, int toWidth, int toHeight) {
    Prepared plan = plan(width, height, "{'type':'CenterCrop','crop_size':" + size + "}");
    assertThat(plan.shape()).isEqualTo(nhwc(toWidth, toHeight));
    assertThat(plan.meta().width()).isEqualTo(toWidth);
    assertThat(plan.pass().orElseThrow().source()).isEqualTo(new Rect(x, y, toWidth, toHeight));
  }

  @Test
  void shouldUseUprightSizesWhenThePictureIsTurned() {
    Prepared plan = plan(300, 200, Rotation.CLOCKWISE_90, "{'type':'Resize','size':[100,-1]}");
    assertThat(plan.shape()).isEqualTo(nhwc(100, 150));
    assertThat(plan.meta().originalWidth()).isEqualTo(200);
  }

  @Test
  void shouldNormalizeWithTheReciprocalAfterTheSwap() {
    AffinePass pass =
        plan(4, 4, "{'type':'Normalize','mean':[1,2,3],'std':[3,7,255]}").pass().orElseThrow();
    assertThat(pass.order()).containsExactly(2, 1, 0);
    assertThat(pass.mean()).containsExactly(1, 2, 3);
    assertThat(pass.scale()).containsExactly(1f / 3, 1f / 7, 1f / 255);
    assertThat(pass.type()).isEqualTo(DataType.FLOAT32);
  }

  @Test
  void shouldOnlySwapWhenNotToFloat() {
    Prepared plan =
        plan(4, 4, "{'type':'Normalize','mean':[0,0,0],'std':[1,1,1],'to_float':false}");
    assertThat(plan.type()).isEqualTo(DataType.UINT8);
    assertThat(plan.pass().orElseThrow().order()).containsExactly(2, 1, 0);
  }

  @Test
  void shouldLayOutAsTheLastStepSays() {
    assertThat(plan(5, 4, "{'type':'ImageToTensor','keys':['img']}"))
        .extracting(Prepared::shape, Prepared::type)
        .containsExactly(Shape.of(1, 3, 4, 5), DataType.UINT8);
    assertThat(plan(5, 4, "{'type':'DefaultFormatBundle'},{'type':'Collect','keys':['img']}"))
        .extracting(Prepared::shape, Prepared::type)
        .containsExactly(Shape.of(1, 3, 4, 5), DataType.FLOAT32);
    assertThat(plan(5, 4, "{'type':'DefaultFormatBundle','img_to_float':false}").type())
        .isEqualTo(DataType.UINT8);
  }
}
