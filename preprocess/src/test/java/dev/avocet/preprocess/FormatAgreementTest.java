package dev.avocet.preprocess;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever a picture's format, rotation and strides, and whatever part of it is looked at, the
 * three plans give the same values. Pictures lie in somebody else's memory, with odd strides and
 * gaps; regions begin and end anywhere.
 */
class FormatAgreementTest {
  /** What the way that a picture is sampled depends on. */
  private enum Ratio {
    SAME,
    ODD,
    EVEN,
    ANY
  }

  @Property(tries = 600)
  void shouldAgreeWhenSampledBilinear(
      @ForAll PixelFormat format,
      @ForAll Rotation rotation,
      @ForAll Ratio ratio,
      @ForAll long seed) {
    check(format, rotation, ratio, "bilinear", 0, new Random(seed));
  }

  @Property(tries = 300)
  void shouldAgreeWhenSampledNearest(
      @ForAll PixelFormat format,
      @ForAll Rotation rotation,
      @ForAll Ratio ratio,
      @ForAll long seed) {
    check(format, rotation, ratio, "nearest", 0, new Random(seed));
  }

  @Property(tries = 300)
  void shouldDifferByOneAtMostWhenSampledByArea(
      @ForAll PixelFormat format,
      @ForAll Rotation rotation,
      @ForAll Ratio ratio,
      @ForAll long seed) {
    check(format, rotation, ratio, "area", 1, new Random(seed));
  }

  @Property(tries = 150)
  void shouldDifferByOneAtMostWhenSampledBicubicOrLanczos(
      @ForAll PixelFormat format,
      @ForAll Rotation rotation,
      @ForAll Ratio ratio,
      @ForAll long seed) {
    Random random = new Random(seed);
    String interpolation = random.nextBoolean() ? "bicubic" : "lanczos";
    check(format, rotation, ratio, interpolation, 1, random);
  }

  @Example
  void shouldAgreeOnAFrameOfFullSize() {
    for (int side : new int[] {640, 416}) {
      String steps =
          """
          [{'type':'LoadImageFromFile'},{'type':'Resize','size':[%d,%d],'keep_ratio':true},
           {'type':'Pad','size':[%d,%d],'pad_val':114},{'type':'ImageToTensor','keys':['img']}]
          """
              .formatted(side, side, side, side);
      for (Rotation rotation : Rotation.values()) {
        for (PixelFormat format : List.of(PixelFormat.NV12, PixelFormat.YUYV, PixelFormat.BGR)) {
          try (Borrowed frame = Borrowed.create(format, 1920, 1080, new Random(7))) {
            Agreement.check(steps, frame.image().rotated(rotation), 0);
          }
        }
      }
    }
  }

  @Example
  void shouldAgreeOnPicturesThatAreWiderThanOpenCvsExactSamplingCanCount() {
    for (int width : new int[] {10_920, 10_924, 16_382, 16_384}) {
      String steps =
          "[{'type':'LoadImageFromFile'},{'type':'Resize','size':[%d,2]},{'type':'ImageToTensor','keys':['img']}]"
              .formatted(width);
      for (PixelFormat format : List.of(PixelFormat.NV12, PixelFormat.BGR)) {
        try (Borrowed frame = Borrowed.create(format, 3 * width, 6, new Random(7))) {
          Agreement.check(steps, frame.image(), 0);
        }
      }
    }
  }

  private static void check(
      PixelFormat format,
      Rotation rotation,
      Ratio ratio,
      String interpolation,
      int tolerance,
      Random random) {
    int across = ratio(ratio, random);
    int down = ratio(ratio, random);
    int toWidth = length(random);
    int toHeight = length(random);
    int fromWidth = across == 0 ? length(random) : across * toWidth;
    int fromHeight = down == 0 ? length(random) : down * toHeight;
    Rect region = new Rect(margin(random), margin(random), fromWidth, fromHeight);
    boolean swaps = rotation.swapsAxes();
    int width = region.x() + region.width() + margin(random);
    int height = region.y() + region.height() + margin(random);
    List<String> steps = new ArrayList<>();
    boolean grey = random.nextInt(4) == 0;
    steps.add(
        "{'type':'LoadImageFromFile','color_type':'%s'}".formatted(grey ? "grayscale" : "color"));
    steps.add(
        "{'type':'Resize','size':[%d,%d],'interpolation':'%s'}"
            .formatted(toWidth, toHeight, interpolation));
    if (random.nextInt(3) == 0) {
      steps.add(
          "{'type':'CenterCrop','crop_size':[%d,%d]}".formatted(length(random), length(random)));
    }
    if (random.nextInt(3) == 0) {
      String mode = random.nextBoolean() ? "constant" : "edge";
      steps.add(
          "{'type':'Pad','size_divisor':16,'pad_val':114,'padding_mode':'%s'}".formatted(mode));
    }
    steps.add("{'type':'ImageToTensor','keys':['img']}");
    Statistics.label("format").collect(format);
    Statistics.label("ratio").collect(ratio);
    try (Borrowed stored =
        Borrowed.create(format, swaps ? height : width, swaps ? width : height, random)) {
      String list = "[" + String.join(",", steps) + "]";
      Agreement.check(list, stored.image().rotated(rotation), region, tolerance);
    }
  }

  /** Zero where the source's size does not follow from the target's. */
  private static int ratio(Ratio ratio, Random random) {
    return switch (ratio) {
      case SAME -> 1;
      case ODD -> 1 + 2 * random.nextInt(4);
      case EVEN -> 2 + 2 * random.nextInt(3);
      case ANY -> 0;
    };
  }

  private static int length(Random random) {
    return random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1 + random.nextInt(60);
  }

  private static int margin(Random random) {
    return random.nextBoolean() ? 0 : random.nextInt(6);
  }

  /**
   * A picture in memory that it does not own.
   *
   * @param memory owns the bytes
   * @param image of at least the size asked for, each plane with an address and stride of its own
   */
  private record Borrowed(Image memory, Image image) implements AutoCloseable {
    static Borrowed create(PixelFormat format, int width, int height, Random random) {
      int evenWidth = format.subsampled() ? (width + 1) & ~1 : width;
      int evenHeight = format.subsampled() ? (height + 1) & ~1 : height;
      List<Image.Plane> planes = new ArrayList<>();
      int bytes = random.nextInt(8);
      for (int p = 0; p < format.planes(); p++) {
        int stride = format.rowBytes(p, evenWidth) + random.nextInt(8);
        planes.add(new Image.Plane(bytes, stride));
        bytes += stride * format.rows(p, evenHeight) + random.nextInt(8);
      }
      Image memory = Image.allocate(PixelFormat.GRAY8, bytes, 1);
      byte[] noise = new byte[bytes];
      random.nextBytes(noise);
      memory.plane(0).put(noise);
      long start = memory.planes().get(0).address();
      planes.replaceAll(plane -> new Image.Plane(start + plane.address(), plane.stride()));
      return new Borrowed(memory, Image.wrap(planes, format, evenWidth, evenHeight));
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
