package dev.avocet.preprocess;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The three ways of running a list of transforms give the same values. */
class PlanAgreementTest {
  private static final List<String> EXACT = List.of("bilinear", "nearest");
  private static final List<String> OTHER = List.of("area", "bicubic", "lanczos");

  @Property(tries = 300)
  void shouldAgreeWhenSampledBilinearOrNearest(@ForAll long seed) {
    check(new Random(seed), EXACT, 0);
  }

  @Property(tries = 150)
  void shouldDifferByOneAtMostWhenSampledOtherwise(@ForAll long seed) {
    check(new Random(seed), OTHER, 1);
  }

  @Property(tries = 100)
  void shouldAgreeOnSmallSizes(
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 20) int toWidth,
      @ForAll @IntRange(min = 1, max = 20) int toHeight) {
    String steps =
        "[{'type':'LoadImageFromFile'},{'type':'Resize','size':[%d,%d]},{'type':'ImageToTensor','keys':['img']}]"
            .formatted(toWidth, toHeight);
    try (Image image = image(new Random(width), PixelFormat.BGR, width, height)) {
      Agreement.check(steps, image, 0);
    }
  }

  @Example
  void shouldAgreeOnAGreyPictureOfFourRows() {
    String steps =
        "[{'type':'LoadImageFromFile','color_type':'grayscale'},{'type':'Normalize','mean':[9],'std':[7]}]";
    for (int width = 1; width < 5; width++) {
      for (int height = 1; height < 5; height++) {
        try (Image image = image(new Random(3), PixelFormat.GRAY8, width, height)) {
          Agreement.check(steps, image, 0);
        }
      }
    }
  }

  private static void check(Random random, List<String> interpolations, int tolerance) {
    PixelFormat format = pick(random, List.of(PixelFormat.values()));
    int width = size(random, format);
    int height = size(random, format);
    int x = 2 * random.nextInt(20);
    int y = 2 * random.nextInt(3);
    Rect part = new Rect(x, y, width, height);
    try (Image whole = image(random, format, width + x + 2 * random.nextInt(9), height + y);
        Image stored = whole.region(part);
        Image image = stored.rotated(pick(random, List.of(Rotation.values())))) {
      Agreement.check(steps(random, interpolations), image, tolerance);
    }
  }

  private static int size(Random random, PixelFormat format) {
    int size = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1 + random.nextInt(150);
    return format.subsampled() ? (size + 1) & ~1 : size;
  }

  /** Random pixels, smooth at times so that roundings differ. */
  private static Image image(Random random, PixelFormat format, int width, int height) {
    Image image = Image.allocate(format, width, height);
    int base = random.nextInt(256);
    boolean smooth = random.nextBoolean();
    for (int p = 0; p < format.planes(); p++) {
      ByteBuffer plane = image.plane(p);
      for (int i = 0; i < plane.capacity(); i++) {
        plane.put(i, (byte) (smooth ? base + i / 3 + random.nextInt(3) : random.nextInt(256)));
      }
    }
    return image;
  }

  private static <T> T pick(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static String steps(Random random, List<String> interpolations) {
    boolean grey = random.nextInt(4) == 0;
    List<String> steps = new ArrayList<>();
    steps.add(
        "{'type':'LoadImageFromFile','color_type':'%s','channel_order':'%s'}"
            .formatted(grey ? "grayscale" : "color", random.nextBoolean() ? "bgr" : "rgb"));
    if (random.nextInt(4) == 0) {
      steps.add(crop(random));
    }
    String interpolation = pick(random, interpolations);
    switch (random.nextInt(4)) {
      case 0 ->
          steps.add(
              "{'type':'LetterResize','scale':[%d,%d],'pad_val':%d,'interpolation':'%s','use_mini_pad':%b}"
                  .formatted(
                      1 + random.nextInt(150),
                      1 + random.nextInt(150),
                      random.nextInt(256),
                      interpolation,
                      random.nextBoolean()));
      case 1 -> {}
      default ->
          steps.add(
              "{'type':'Resize','size':[%d,%d],'keep_ratio':%b,'interpolation':'%s'}"
                  .formatted(
                      1 + random.nextInt(150),
                      1 + random.nextInt(150),
                      random.nextBoolean(),
                      interpolation));
    }
    List<String> rest = new ArrayList<>();
    rest.add(pad(random));
    rest.add(crop(random));
    rest.add(normalize(random, grey));
    if (random.nextInt(3) == 0) {
      rest.add(pad(random));
    }
    Collections.shuffle(rest, random);
    steps.addAll(rest.subList(0, random.nextInt(rest.size() + 1)));
    switch (random.nextInt(4)) {
      case 0 -> steps.add("{'type':'ImageToTensor','keys':['img']}");
      case 1 -> steps.add("{'type':'Collect','keys':['img']}");
      default -> steps.add("{'type':'DefaultFormatBundle'}");
    }
    return "[" + String.join(",", steps) + "]";
  }

  private static String crop(Random random) {
    return "{'type':'CenterCrop','crop_size':[%d,%d]}"
        .formatted(1 + random.nextInt(120), 1 + random.nextInt(120));
  }

  private static String pad(Random random) {
    List<String> modes = List.of("constant", "constant", "edge", "reflect", "symmetric");
    List<String> ways = List.of("'size_divisor':32", "'pad_to_square':true", "'logical_or_val':31");
    return "{'type':'Pad','padding_mode':'%s','pad_val':%s,%s}"
        .formatted(
            pick(random, modes),
            random.nextInt(4) == 0 ? "114.5" : Integer.toString(random.nextInt(256)),
            pick(random, ways));
  }

  private static String normalize(Random random, boolean grey) {
    List<String> means = List.of("0", "123.675", "116.28", "103.53", "127.5");
    List<String> stds = List.of("1", "255", "58.395", "57.12", "127.5");
    List<String> mean = new ArrayList<>();
    List<String> std = new ArrayList<>();
    for (int c = 0; c < (grey ? 1 : 3); c++) {
      mean.add(pick(random, means));
      std.add(pick(random, stds));
    }
    return "{'type':'Normalize','mean':%s,'std':%s,'to_rgb':%b}"
        .formatted(mean, std, random.nextBoolean());
  }
}
