package dev.avocet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.RectF;
import dev.avocet.core.Rotation;
import dev.avocet.core.Tensor;
import dev.avocet.core.preprocess.TransformProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever the parameters, the picture and the box: an answer whose numbers are finite, or an
 * AvocetException.
 */
class TransformFuzzTest {
  /** Values of the largest answer that is made, not only planned. */
  private static final long LARGEST = 1 << 22;

  private static final List<String> VALUES =
      List.of(
          "0",
          "1",
          "2",
          "3",
          "7",
          "32",
          "33",
          "64",
          "100",
          "640",
          "-1",
          "-7",
          "70000",
          "2147483647",
          "1e30",
          "0.5",
          "1.25",
          "1e-30",
          "null",
          "true",
          "false",
          "'img'",
          "{}",
          "[]",
          "[1,1]",
          "[64,48]",
          "[48,-1]",
          "[3,70000]",
          "[0,0]",
          "[1,2,3]",
          "['img']",
          "{'img':114}",
          "{'img':[1,2]}",
          "[0,0,0]",
          "[1,1,1]",
          "[[1]]",
          "'constant'",
          "'reflect'",
          "'bilinear'",
          "'area'",
          "'lanczos'",
          "'min'",
          "'max'",
          "'long'",
          "'NCHW'",
          "'NCTHW'");

  /** For each transform its keys, each with a value that will do. */
  private static final Map<String, List<String>> KEYS = new TreeMap<>();

  static {
    keys("BGR2RGB");
    keys("CenterCrop", "crop_size=40", "rounding='half_even'");
    keys("Collect", "keys=['img']");
    keys("Compose", "transforms=[]");
    keys("DefaultFormatBundle", "img_to_float=true");
    keys("DetResizeForTest", "limit_side_len=64", "limit_type='max'", "max_side_limit=96");
    keys("FixInvalidPolygon");
    keys("FixShapeResize", "width=64", "height=48", "keep_ratio=true", "pad_val=[1,2]");
    keys("FixShapeResize", "interpolation='bicubic'");
    keys("FormatShape", "input_format='NCHW'");
    keys("ImageToTensor", "keys=['img']");
    keys("Invert");
    keys("LetterResize", "scale=[64,48]", "pad_val={'img':114}", "interpolation='area'");
    keys("LetterResize", "allow_scale_up=true", "use_mini_pad=true", "stretch_only=false");
    keys("Lift", "transforms=[]");
    keys("LoadAnnotations");
    keys("LoadImageFromFile", "color_type='color'", "channel_order='rgb'", "to_float32=false");
    keys("Normalize", "mean=[0,0,0]", "std=[1,1,1]", "to_rgb=true", "to_float=true");
    keys("Pad", "pad_to_square=false", "size=[0,0]", "orientation_agnostic=true");
    keys("Pad", "size_divisor=32", "logical_or_val=31", "add_pix_val=1", "pad_val=7");
    keys("Pad", "padding_mode='reflect'");
    keys("PadToWidth", "width=100", "pad_cfg={'pad_val':{'img':3}}");
    keys("PoseNetResize", "long_edge=65", "stride=16", "interpolation='area'");
    keys("RescaleToHeight", "height=32", "min_width=7", "max_width=100", "width_divisor=3");
    keys("RescaleToZeroOne", "keys=['img']");
    keys("Resize", "size=[64,48]", "scale=64", "keep_ratio=true", "interpolation='bilinear'");
    keys("ResizeEdge", "scale=48", "edge='long'", "interpolation='lanczos'");
    keys("ResizeOCR", "height=32", "min_width=32", "max_width=100", "keep_aspect_ratio=true");
    keys("ResizeOCR", "img_pad_value=7", "width_downsample_ratio=0.5");
    keys("ResizeToMultiple", "size_divisor=33", "interpolation='nearest'");
    keys("ShortScaleAspectJitter", "short_size=48", "scale_divisor=7", "ratio_range=[1,1]");
    keys("ShortScaleAspectJitter", "aspect_ratio_range=[1,1]");
    keys("TenCrop", "crop_size=2");
    keys("ThreeCrop", "crop_size=2");
    keys("ToGray", "num_output_channels=3", "method='weighted_average'");
    keys("TopDownAffine", "image_size=[48,64]");
    keys("TopDownGetBboxCenterScale", "padding=1.25", "image_size=[48,64]");
    keys("YOLOv5KeepRatioResize", "scale=[64,48]", "keep_ratio=true");
    keys("YOLOv5KeepRatioResize", "interpolation='area'");
  }

  private static void keys(String type, String... keys) {
    KEYS.computeIfAbsent(type, t -> new ArrayList<>()).addAll(List.of(keys));
  }

  @Example
  void shouldKnowEveryTransform() {
    assertThat(KEYS.keySet())
        .containsExactlyElementsOf(
            ServiceLoader.load(TransformProvider.class).stream()
                .map(provider -> provider.get().name())
                .sorted()
                .toList());
  }

  @Property(tries = 1500)
  void shouldAnswerOrRefuse(
      @ForAll PixelFormat format, @ForAll Rotation rotation, @ForAll long seed) {
    Random random = new Random(seed);
    String steps = list(random);
    int width = size(random, format);
    int height = size(random, format);
    PlanMode mode = pick(random, List.of(PlanMode.FUSED, PlanMode.REFERENCE));
    try (Image stored = Image.allocate(format, width, height);
        Preprocessor preprocessor = Preprocessor.create(Steps.of(steps), mode)) {
      Image image = stored.rotated(rotation);
      Source source = source(random, preprocessor.takesClips(), image);
      boolean made = run(preprocessor, source);
      String result = made ? "made" : "planned";
      Statistics.label("result")
          .collect(result)
          .coverage(coverage -> coverage.check("made").percentage(share -> share > 20));
    } catch (AvocetException e) {
      assertThat(e.getMessage()).isNotBlank();
      Statistics.label("result").collect("refused");
    } catch (RuntimeException e) {
      fail(steps + " on " + width + "x" + height, e);
    }
  }

  private static boolean run(Preprocessor preprocessor, Source source) {
    Prepared plan = preprocessor.plan(source);
    plan.meta()
        .window()
        .ifPresent(w -> assertThat(Float.isFinite(w.x() + w.y() + w.width())).isTrue());
    assertThat(plan.meta().validRatio()).isBetween(0f, 1f);
    assertThat(Float.isFinite(plan.meta().scaleX() + plan.meta().scaleY())).isTrue();
    if (plan.shape().elements() > LARGEST) {
      return false;
    }
    try (Tensor tensor = Tensor.allocate(plan.type(), plan.shape())) {
      preprocessor.run(source, tensor, 0);
    }
    return true;
  }

  private static Source source(Random random, boolean clips, Image image) {
    if (clips != (random.nextInt(20) == 0)) {
      return Source.clips(List.of(image, image), 1 + random.nextInt(2));
    }
    Source source = Source.of(image);
    return random.nextInt(3) == 0
        ? source
        : source.withBox(
            new RectF(edge(random), edge(random), Math.abs(edge(random)), Math.abs(edge(random))));
  }

  private static float edge(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> -1e4f + random.nextInt(20_000);
      case 2 -> (random.nextBoolean() ? 1 : -1) * 1e38f;
      case 3 -> random.nextFloat() * 1e-20f;
      default -> random.nextFloat() * 300 - 50;
    };
  }

  private static int size(Random random, PixelFormat format) {
    int size = 1 + random.nextInt(random.nextInt(4) == 0 ? 2000 : 100);
    return format.subsampled() ? (size + 1) & ~1 : size;
  }

  private static String list(Random random) {
    List<String> steps = new ArrayList<>();
    String load = "{'type':'LoadImageFromFile'}";
    boolean lift = random.nextInt(4) == 0;
    if (random.nextInt(30) > 0) {
      steps.add(load);
    }
    for (int i = random.nextInt(3); i >= 0; i--) {
      steps.add(step(random, 0));
    }
    if (lift || random.nextBoolean()) {
      steps.add("{'type':'Normalize','mean':[1,2,3],'std':[4,5,6]}");
    }
    String inner = "[" + String.join(",", steps);
    String format = "{'type':'FormatShape','input_format':'%s'}";
    return lift
        ? "[{'type':'Lift','transforms':%s]},%s]"
            .formatted(inner, format.formatted(random.nextBoolean() ? "NCHW" : "NCTHW"))
        : inner + ",{'type':'DefaultFormatBundle'}]";
  }

  private static String step(Random random, int depth) {
    String type = pick(random, List.copyOf(KEYS.keySet()));
    StringBuilder step = new StringBuilder("{'type':'").append(type).append('\'');
    for (String key : KEYS.get(type)) {
      String value = key.substring(key.indexOf('=') + 1);
      switch (random.nextInt(12)) {
        case 0 -> value = pick(random, VALUES);
        case 1 -> value = "null";
        default -> {
          if (value.equals("[]") && depth < 3) {
            value = "[" + step(random, depth + 1) + "]";
          }
        }
      }
      step.append(",'").append(key, 0, key.indexOf('=')).append("':").append(value);
    }
    return step.append('}').toString();
  }

  private static <T> T pick(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
