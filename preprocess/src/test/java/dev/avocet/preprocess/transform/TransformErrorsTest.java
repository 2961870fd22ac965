package dev.avocet.preprocess.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Status;
import dev.avocet.preprocess.PlanMode;
import dev.avocet.preprocess.Preprocessor;
import dev.avocet.preprocess.Steps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said with file, JSON path, what was expected and what was found. */
class TransformErrorsTest {
  private static void plan(String steps) {
    try (Image image = Image.allocate(PixelFormat.BGR, 500, 300);
        Preprocessor preprocessor = Preprocessor.create(Steps.of(steps), PlanMode.FUSED)) {
      preprocessor.plan(image);
    }
  }

  private static void expect(String steps, Status status, String... words) {
    assertThatThrownBy(() -> plan(steps))
        .hasMessageContainingAll(words)
        .asInstanceOf(type(AvocetException.class))
        .satisfies(e -> assertThat(e.status()).isEqualTo(status));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'Resize'                                               | size          | two numbers [width, height]
          'Resize','size':'big'                                  | size          | found "big"
          'Resize','size':[1,2,3]                                | size          | found [1,2,3]
          'Resize','size':[0,5]                                  | size          | at least 1
          'Resize','size':[5,-2]                                 | size          | at least 1
          'Resize','size':5,'interpolation':'cubic'              | interpolation | nearest, bilinear, area, bicubic or lanczos
          'Resize','size':5,'keep_ratio':1                       | keep_ratio    | true or false
          'LetterResize'                                         | scale         | two numbers [height, width]
          'LetterResize','scale':[5,0]                           | scale         | at least 1
          'LetterResize','scale':5,'pad_val':{'img':[]}          | img           | a number
          'Pad','padding_mode':'wrap'                            | padding_mode  | constant, edge, reflect or symmetric
          'Pad','size_divisor':0                                 | size_divisor  | at least 1
          'Pad','add_pix_val':-1                                 | add_pix_val   | at least 0
          'Pad','size':[400,400]                                 | size          | put a Resize with keep_ratio
          'Pad','pad_val':'white'                                | pad_val       | a number
          'CenterCrop'                                           | crop_size     | two numbers [height, width]
          'CenterCrop','crop_size':[0,1]                         | crop_size     | at least 1
          'Normalize','std':[1,1,1]                              | mean          | an array of numbers
          'Normalize','mean':[0,0,0]                             | std           | an array of numbers
          'Normalize','mean':[0,0],'std':[1,1]                   | mean          | 1 number (grey) or 3 (colour)
          'Normalize','mean':[0,0,0],'std':[1,1]                 | std           | 3 numbers
          'Normalize','mean':[0,0,0],'std':[1,0,1]               | std           | other than 0
          'Normalize','mean':[0,0,0],'std':[1,1e-45,1]           | std           | other than 0
          'Normalize','mean':[0],'std':[1]                       | mean          | 3 numbers, one a channel
          'Normalize','mean':[1,0,0],'std':[1,1,1],'to_float':false | to_float   | every mean is 0
          'ImageToTensor','keys':'img'                           | keys          | ["img"]
          'Collect','keys':['img','gt']                          | keys          | ["img"]
          'TopDownAffine'                                        | image_size    | two numbers [width, height]
          'TopDownGetBboxCenterScale','image_size':[0,5]         | image_size    | at least 1
          'TopDownGetBboxCenterScale','image_size':5,'padding':0 | padding       | above 0
          'RescaleToHeight'                                      | height        | a whole number
          'RescaleToHeight','height':0                           | height        | at least 1
          'RescaleToHeight','height':5,'width_divisor':0         | width_divisor | at least 1
          'RescaleToHeight','height':5,'max_width':2.5           | max_width     | a whole number
          'ResizeOCR','height':5,'width_downsample_ratio':0      | width_downsample_ratio | above 0
          'ResizeOCR','height':5,'keep_aspect_ratio':false       | max_width     | a whole number
          'ShortScaleAspectJitter'                               | ratio_range   | an array of numbers
          'ShortScaleAspectJitter','ratio_range':[0.7,1.3]       | ratio_range   | [1, 1]
          'ShortScaleAspectJitter','short_size':0                | short_size    | at least 1
          'ShortScaleAspectJitter','scale_divisor':0             | scale_divisor | at least 1
          'DetResizeForTest','limit_side_len':0                  | limit_side_len | at least 1
          'DetResizeForTest','limit_type':'long'                 | limit_type    | min, max or resize_long
          'DetResizeForTest','max_side_limit':-1                 | max_side_limit | at least 1
          'ResizeToMultiple','size_divisor':0                    | size_divisor  | at least 1
          'ResizeEdge'                                           | scale         | a whole number
          'ResizeEdge','scale':5,'edge':'left'                   | edge          | short, long, width or height
          'YOLOv5KeepRatioResize','scale':5,'keep_ratio':false   | keep_ratio    | true
          'ToGray','num_output_channels':2                       | num_output_channels | 1 or 3
          'RescaleToZeroOne','keys':['gt']                       | keys          | ["img"]
          'PadToWidth','width':0                                 | width         | at least 1
          'PadToWidth','width':9,'pad_cfg':3                     | pad_cfg       | an object
          'FixShapeResize','width':9                             | height        | a whole number
          'TenCrop'                                              | crop_size     | two numbers [width, height]
          'ThreeCrop','crop_size':0                              | crop_size     | at least 1
          'FormatShape'                                          | input_format  | a text
          'Compose'                                              | transforms    | an array of objects
          'Lift','transforms':[{'type':'Resize'}]                | transforms[0].size | found nothing
          """)
  void shouldNameThePlaceOfAWrongParameter(String step, String key, String words) {
    expect(
        "[{'type':'LoadImageFromFile'},{'type':" + step + "}]",
        Status.INVALID_ARG,
        "pipeline.json: $.transforms[1]",
        "." + key,
        words);
  }

  @Test
  void shouldNameTheKnownTransformsWhenOneIsUnknown() {
    expect(
        "[{'type':'mmdet.RandomFlip'}]",
        Status.NOT_SUPPORTED,
        "pipeline.json: $.transforms[0]: unknown transform \"mmdet.RandomFlip\"",
        "known are [BGR2RGB, CenterCrop,");
  }

  @Test
  void shouldNameTheGreyThatIsMissing() {
    expect(
        "[{'type':'ToGray','method':'pca'}]",
        Status.NOT_SUPPORTED,
        "transforms[0].method: \"pca\" is not supported: use weighted_average");
  }

  @Test
  void shouldAskForAPictureFirst() {
    expect("[{'type':'Resize','size':5}]", Status.INVALID_ARG, "has to be LoadImageFromFile");
    expect("[]", Status.INVALID_ARG, "has to be LoadImageFromFile");
    String load = "{'type':'LoadImageFromFile'}";
    expect("[" + load + "," + load + "]", Status.INVALID_ARG, "stands twice");
  }

  @Test
  void shouldRefuseStepsAfterTheLayout() {
    expect(
        "[{'type':'LoadImageFromFile'},{'type':'DefaultFormatBundle'},{'type':'Resize','size':5}]",
        Status.INVALID_ARG,
        "only Collect may follow");
  }

  @Test
  void shouldRefuseSizesThatDoNotFitIntoMemory() {
    String load = "[{'type':'LoadImageFromFile'},";
    expect(load + "{'type':'Resize','size':100000}]", Status.OUT_OF_RANGE, "100000x100000");
    expect(load + "{'type':'Pad','size_divisor':2147483647}]", Status.OUT_OF_RANGE, "2 GiB");
    expect(load + "{'type':'Resize','size':[2147483647,-1]}]", Status.OUT_OF_RANGE, "too long");
  }
}
