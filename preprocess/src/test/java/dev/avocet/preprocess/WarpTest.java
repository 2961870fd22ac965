package dev.avocet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Point;
import dev.avocet.core.Quad;
import dev.avocet.core.Rect;
import dev.avocet.core.RectF;
import dev.avocet.core.Rotation;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarpTest {
  private static final float[] NUMBERS = {
    0, -0.9f, 7.5f, -30, 19, 1e4f, -1e9f, 1e30f, Float.NaN, Float.POSITIVE_INFINITY
  };

  private static Quad quad(float... xy) {
    return new Quad(
        new Point(xy[0], xy[1]),
        new Point(xy[2], xy[3]),
        new Point(xy[4], xy[5]),
        new Point(xy[6], xy[7]));
  }

  private static Image noise(PixelFormat format, int width, int height) {
    Image image = Image.allocate(format, width, height);
    Random random = new Random(7);
    for (int p = 0; p < format.planes(); p++) {
      byte[] bytes = new byte[image.plane(p).capacity()];
      random.nextBytes(bytes);
      image.plane(p).put(bytes);
    }
    return image;
  }

  /** Grey pixels {@code 10 * y + x}. */
  private static Image ramp(int width, int height) {
    byte[] pixels = new byte[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / width * 10 + i % width);
    }
    return Image.copyOf(pixels, PixelFormat.GRAY8, width, height);
  }

  private static int[][] grey(Image image) {
    int[][] rows = new int[image.height()][image.width()];
    ByteBuffer pixels = image.plane(0);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        rows[y][x] = pixels.get(y * image.planes().get(0).stride() + x) & 0xff;
      }
    }
    return rows;
  }

  private static void expect(Image image, Quad quad, Status status, String words) {
    assertThatThrownBy(() -> Warp.warpQuad(image, quad).close())
        .hasMessageContaining(words)
        .asInstanceOf(type(AvocetException.class))
        .satisfies(e -> assertThat(e.status()).isEqualTo(status));
  }

  @Test
  void shouldCopyAnUprightRectangleWhateverCornerComesFirstAndWhateverItsFraction() {
    try (Image image = ramp(10, 8);
        Image patch = Warp.warpQuad(image, quad(6.9f, 1, 6, 4.2f, 2.5f, 4, 2, 1.7f))) {
      assertThat(grey(patch))
          .isDeepEqualTo(new int[][] {{12, 13, 14, 15}, {22, 23, 24, 25}, {32, 33, 34, 35}});
    }
  }

  @Test
  void shouldSampleBetweenPixelsAndBlackOutside() {
    // 45 degrees: sides of sqrt(8) = 2.83 and sqrt(2) = 1.41, so a patch of 2 by 1. One pixel of it
    // is 0.7071 pixels of the source both ways, rounded to 23/32; the corner nearest the upper left
    // of the bounding box is 1,1.
    try (Image image = ramp(6, 6);
        Image patch = Warp.warpQuad(image, quad(1, 1, 3, 3, 2, 4, 0, 2))) {
      assertThat(grey(patch)).isDeepEqualTo(new int[][] {{11, 19}});
    }
    try (Image image = ramp(4, 4);
        Image patch = Warp.warpQuad(image, quad(2, 2, 6, 2, 6, 5, 2, 5))) {
      assertThat(grey(patch))
          .isDeepEqualTo(new int[][] {{22, 23, 0, 0}, {32, 33, 0, 0}, {0, 0, 0, 0}});
    }
  }

  @Property(tries = 60)
  void shouldGiveTheUprightPixelsOfEveryFormatAndRotation(
      @ForAll PixelFormat format, @ForAll Rotation rotation, @ForAll long seed) {
    Random random = new Random(seed);
    try (Image stored = noise(format, 24, 20)) {
      Image image = stored.rotated(rotation);
      int x = random.nextInt(10);
      int y = random.nextInt(10);
      Rect box = new Rect(x, y, 5 + random.nextInt(4), 1 + random.nextInt(5));
      int right = x + box.width();
      int bottom = y + box.height();
      boolean grey = format.channels() == 1;
      String steps =
          "[{'type':'LoadImageFromFile','color_type':'%s'}]".formatted(grey ? "grey" : "color");
      int channels = grey ? 1 : 3;
      try (Image patch = Warp.warpQuad(image, quad(x, y, right, y, right, bottom, x, bottom));
          Preprocessor preprocessor = Preprocessor.create(Steps.of(steps), PlanMode.REFERENCE);
          Tensor wanted =
              Tensor.allocate(DataType.UINT8, Shape.of(1, box.height(), box.width(), channels))) {
        preprocessor.run(Source.of(image, box), wanted, 0);
        assertThat(patch.format()).isEqualTo(grey ? PixelFormat.GRAY8 : PixelFormat.BGR);
        assertThat(patch.width()).isEqualTo(box.width());
        int row = box.width() * channels;
        for (int i = 0; i < row * box.height(); i++) {
          int at = i / row * patch.planes().get(0).stride() + i % row;
          assertThat(patch.plane(0).get(at)).isEqualTo(wanted.bytes().get(i));
        }
      }
    }
  }

  @Test
  void shouldSayWhatIsWrongWithAQuad() {
    try (Image image = ramp(10, 8)) {
      expect(image, quad(1, 1, 1, 1, 1, 1, 1, 1), Status.INVALID_ARG, "no area");
      expect(image, quad(1, 1, 5, 1, 9, 1, 3, 1), Status.INVALID_ARG, "no area");
      expect(image, quad(1, 1, 5, 1, 5, 1.9f, 1, 1.9f), Status.INVALID_ARG, "no area");
      expect(image, quad(1, Float.NaN, 5, 1, 5, 3, 1, 3), Status.INVALID_ARG, "is no number");
      expect(image, quad(1, -1e9f, 5, 1, 5, 3, 1, 3), Status.OUT_OF_RANGE, "pixels away");
      expect(image, quad(20, 1, 25, 1, 25, 4, 20, 4), Status.OUT_OF_RANGE, "outside of the");
      expect(image, quad(0, 0, 900, 0, 900, 9, 0, 9), Status.OUT_OF_RANGE, "far larger");
    }
  }

  @Property(tries = 400)
  void shouldAnswerOrRefuseWhateverTheCorners(@ForAll PixelFormat format, @ForAll long seed) {
    Random random = new Random(seed);
    float[] xy = new float[8];
    for (int i = 0; i < 8; i++) {
      int which = random.nextInt(3 * NUMBERS.length);
      xy[i] = which < NUMBERS.length ? NUMBERS[which] : random.nextFloat() * 60 - 20;
    }
    try (Image image = noise(format, 2 + 2 * random.nextInt(20), 2 + 2 * random.nextInt(20))) {
      try (Image patch = Warp.warpQuad(image, quad(xy))) {
        int side = Math.max(image.width(), image.height());
        assertThat(patch.width() * patch.height()).isLessThanOrEqualTo(4 * side * side);
      } catch (AvocetException e) {
        assertThat(List.of(Status.INVALID_ARG, Status.OUT_OF_RANGE)).contains(e.status());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.4, 2.6, 3, 2, 1, 3, 3, 2",
    "0.5, 1.5, 2.5, 3.5, 0, 2, 2, 4",
    "-5, -5, 8, 9, 0, 0, 3, 4",
    "8, 7, 100, 1e30, 8, 7, 2, 1",
    "-1e30, 0, 1e30, 5, 0, 0, 0, 0",
    "10, 0, 5, 5, 0, 0, 0, 0",
    "3, 3, 0.5, 4, 0, 0, 0, 0",
  })
  void shouldRoundAndClipBoxes(
      float x, float y, float width, float height, int toX, int toY, int toWidth, int toHeight) {
    Optional<Rect> wanted =
        toWidth == 0 ? Optional.empty() : Optional.of(new Rect(toX, toY, toWidth, toHeight));
    assertThat(Warp.cropBox(new RectF(x, y, width, height), 10, 8)).isEqualTo(wanted);
  }
}
