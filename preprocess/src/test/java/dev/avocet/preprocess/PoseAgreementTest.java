package dev.avocet.preprocess;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.RectF;
import dev.avocet.core.Rotation;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Windows of poses and lines of text: folded and step by step they are the same pixels. */
class PoseAgreementTest {
  private static final String POSE =
      """
      [{'type':'LoadImageFromFile','color_type':'%s'},
       {'type':'TopDownGetBboxCenterScale','padding':%s,'image_size':[%d,%d]},
       {'type':'TopDownAffine','image_size':[%4$d,%3$d]},
       {'type':'ImageToTensor','keys':['img']}]
      """;

  private static final String TEXT =
      """
      [{'type':'LoadImageFromFile'},
       {'type':'%s','height':%d,'min_width':%d,'max_width':%d},
       {'type':'Normalize','mean':[127,127,127],'std':[127,127,127]},
       {'type':'DefaultFormatBundle'}]
      """;

  private static Image noise(Random random, PixelFormat format) {
    int width = 2 * (1 + random.nextInt(60));
    int height = 2 * (1 + random.nextInt(60));
    Image image = Image.allocate(format, width, height);
    for (int p = 0; p < format.planes(); p++) {
      byte[] bytes = new byte[image.plane(p).capacity()];
      random.nextBytes(bytes);
      image.plane(p).put(bytes);
    }
    return image;
  }

  private static Rect region(Random random, Image image) {
    int x = random.nextInt(image.uprightWidth());
    int y = random.nextInt(image.uprightHeight());
    int width = 1 + random.nextInt(image.uprightWidth() - x);
    return new Rect(x, y, width, 1 + random.nextInt(image.uprightHeight() - y));
  }

  @Property(tries = 400)
  void shouldAgreeOnWindowsOfPoses(
      @ForAll PixelFormat format, @ForAll Rotation rotation, @ForAll long seed) {
    Random random = new Random(seed);
    try (Image stored = noise(random, format)) {
      Image image = stored.rotated(rotation);
      Rect region = region(random, image);
      // Mostly inside, for the few that are outside do not fold.
      float x = random.nextFloat() * region.width() - 10 * random.nextFloat();
      float y = random.nextFloat() * region.height() - 10 * random.nextFloat();
      RectF box = new RectF(x, y, 8 + 60 * random.nextFloat(), 8 + 60 * random.nextFloat());
      String steps =
          POSE.formatted(
              random.nextInt(4) == 0 ? "grayscale" : "color",
              random.nextBoolean() ? "1.25" : "0.9",
              20 + random.nextInt(40),
              20 + random.nextInt(40));
      Agreement.check(steps, Source.of(image, region).withBox(box), 0);
    }
  }

  @Property(tries = 150)
  void shouldAgreeOnLinesOfText(
      @ForAll PixelFormat format, @ForAll Rotation rotation, @ForAll long seed) {
    Random random = new Random(seed);
    try (Image stored = noise(random, format)) {
      Image image = stored.rotated(rotation);
      String type = random.nextBoolean() ? "ResizeOCR" : "RescaleToHeight";
      String steps =
          TEXT.formatted(type, 1 + random.nextInt(48), random.nextInt(40), 40 + random.nextInt(99));
      Agreement.check(steps, image, region(random, image), 0);
    }
  }
}
