package dev.avocet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists for clips: every frame in every view, in the order that the network wants. */
class ClipTest {
  private static final int FRAMES = 4;
  private static final int CLIP = 2;

  private final List<Image> frames = new ArrayList<>();

  private static String list(String crop, String format) {
    return """
           [{'type':'Lift','transforms':[{'type':'LoadImageFromFile'},
             {'type':'Normalize','mean':[0,0,0],'std':[1,1,1],'to_rgb':false}%s]},
            {'type':'FormatShape','input_format':'%s'},{'type':'Collect','keys':['img']}]
           """
        .formatted(crop, format);
  }

  /** Pixels of frame {@code f}: channel {@code c} is {@code 50 * f + 14 * c + 3 * y + x}. */
  @BeforeEach
  void makeFrames() {
    for (int f = 0; f < FRAMES; f++) {
      byte[] pixels = new byte[6 * 5 * 3];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) value(f, i % 3, i / 18, i / 3 % 6);
      }
      frames.add(Image.copyOf(pixels, PixelFormat.BGR, 6, 5));
    }
  }

  private static int value(int frame, int channel, int y, int x) {
    return 50 * frame + 14 * channel + 3 * y + x;
  }

  @AfterEach
  void closeFrames() {
    frames.forEach(Image::close);
  }

  private static float[] run(String list, PlanMode mode, Source source, Shape shape) {
    try (Preprocessor preprocessor = Preprocessor.create(Steps.of(list), mode)) {
      Prepared plan = preprocessor.plan(source);
      assertThat(preprocessor.takesClips()).isTrue();
      assertThat(plan.shape()).isEqualTo(shape);
      assertThat(plan.type()).isEqualTo(DataType.FLOAT32);
      int elements = (int) shape.elements();
      try (Tensor tensor = Tensor.allocate(plan.type(), shape.with(0, 2))) {
        for (int i = 0; i < 2 * elements; i++) {
          tensor.floats().put(i, -1);
        }
        preprocessor.run(source, tensor, 1);
        float[] values = new float[elements];
        tensor.floats().get(elements, values);
        for (int i = 0; i < elements; i++) {
          assertThat(tensor.floats().get(i)).as("other sample").isEqualTo(-1);
        }
        return values;
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeTenCropsOfEveryFrame(PlanMode mode) {
    // Steps of (6 - 2) / 4 = 1 and (5 - 3) / 4 = 0 between places.
    int[] columns = {0, 4, 0, 4, 2};
    Source clips = Source.clips(frames, CLIP);
    String crop = ",{'type':'TenCrop','crop_size':[2,3]}";
    float[] found = run(list(crop, "NCHW"), mode, clips, Shape.of(1, 40, 3, 3, 2));
    for (int i = 0; i < found.length; i++) {
      int picture = i / 18;
      int view = picture / FRAMES;
      int x = i % 2;
      int column = columns[view / 2] + (view % 2 == 0 ? x : 1 - x);
      int wanted = value(picture % FRAMES, i / 6 % 3, i / 2 % 3, column);
      assertThat(found[i]).as("view %d", view).isEqualTo(wanted);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeThreeCropsOfEveryClip(PlanMode mode) {
    int[] columns = {0, 2, 1};
    Source clips = Source.clips(frames, CLIP);
    String crop = ",{'type':'ThreeCrop','crop_size':[4,5]}";
    float[] found = run(list(crop, "NCTHW"), mode, clips, Shape.of(1, 6, 3, 2, 5, 4));
    for (int i = 0; i < found.length; i++) {
      int clip = i / 120;
      int frame = clip % 2 * CLIP + i / 20 % 2;
      int wanted = value(frame, i / 40 % 3, i / 4 % 5, columns[clip / 2] + i % 4);
      assertThat(found[i]).as("element %d", i).isEqualTo(wanted);
    }
  }

  @Test
  void shouldTakeClipsWithoutCropsAndOfOneFrame() {
    Source one = Source.clips(frames.subList(2, 3), 1);
    float[] found = run(list("", "NCHW"), PlanMode.FUSED, one, Shape.of(1, 1, 3, 5, 6));
    assertThat(found[0]).isEqualTo(100);
    assertThat(run(list("", "NCTHW"), PlanMode.FUSED, one, Shape.of(1, 1, 3, 1, 5, 6)))
        .isEqualTo(found);
  }

  private static void expect(ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .hasMessageContainingAll(words)
        .asInstanceOf(type(AvocetException.class))
        .satisfies(e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARG));
  }

  private static void plan(String list, Source source) {
    try (Preprocessor preprocessor = Preprocessor.create(Steps.of(list), PlanMode.FUSED)) {
      preprocessor.plan(source);
    }
  }

  @Test
  void shouldSayWhatToDoWhenAPictureMeetsClipsOrTheOtherWayRound() {
    Source clips = Source.clips(frames, CLIP);
    String pictures = "[{'type':'LoadImageFromFile'},{'type':'ImageToTensor','keys':['img']}]";
    expect(
        () -> plan(list("", "NCHW"), Source.of(frames.get(0))),
        "takes clips, not single pictures",
        "Source.clips");
    expect(() -> plan(pictures, clips), "frames=4", "takes single pictures", "Lift", "FormatShape");
    expect(() -> Source.clips(frames, 3), "frames=4 clipLength=3");
    expect(() -> Source.clips(frames, 0), "clipLength=0");
    expect(() -> Source.clips(List.of(), 1), "frames=0");
  }

  @Test
  void shouldSayWhatIsWrongWithAListForClips() {
    Source clips = Source.clips(frames, CLIP);
    String load = "{'type':'LoadImageFromFile'}";
    String ten = "{'type':'TenCrop','crop_size':2}";
    expect(() -> plan("[" + load + "," + ten + "]", clips), "10 pictures of one", "FormatShape");
    expect(() -> plan("[" + load + "," + ten + "," + ten + "]", clips), "remove all but one");
    expect(
        () -> plan("[" + load + ",{'type':'FormatShape','input_format':'NCHW'}]", clips),
        "put a Normalize before it");
    expect(() -> plan(list("", "NHWC"), clips), "input_format", "NCHW or NCTHW");
    expect(
        () -> plan(list(",{'type':'TenCrop','crop_size':7}", "NCHW"), clips),
        "6x5 here, smaller than 7x7");
    expect(
        () -> plan(list(",{'type':'ThreeCrop','crop_size':3}", "NCHW"), clips),
        "6x5 here, 3x3 has to share");
    expect(() -> plan("[{'type':'Lift','transforms':[{'type':1}]}]", clips), "transforms[0].type");
  }
}
