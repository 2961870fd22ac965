package dev.avocet.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import dev.avocet.core.Status;
import dev.avocet.core.internal.Memory;
import dev.avocet.testing.ProcessMemory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JpegEncoderTest {
  private static final int MEGABYTE = 1 << 20;

  private static Image decoded(byte[] jpeg) {
    assertThat(jpeg).startsWith((byte) 0xff, (byte) 0xd8);
    return Image.decode(ByteBuffer.wrap(jpeg));
  }

  @ParameterizedTest
  @CsvSource({
    "NONE,abcd,64x32",
    "CLOCKWISE_90,cadb,32x64",
    "HALF,dcba,64x32",
    "COUNTERCLOCKWISE_90,bdac,32x64"
  })
  void shouldBeUprightWhateverTheRotation(Rotation rotation, String corners, String size) {
    try (JpegEncoder encoder = new JpegEncoder(90, 1000);
        Image image = Pictures.quarters(64, 32);
        Image jpeg = decoded(encoder.encode(image.rotated(rotation)))) {
      assertThat(jpeg).hasToString(size + " BGR");
      assertThat(Pictures.corners(jpeg)).isEqualTo(corners);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "640,360,320,NONE,320x180",
    "640,360,320,CLOCKWISE_90,320x569",
    "640,360,639,HALF,639x359",
    "640,360,640,NONE,640x360",
    "640,360,1,NONE,1x1",
    "3000,2,100,NONE,100x1",
    "1,1,1,NONE,1x1"
  })
  void shouldScaleDownToTheMostWidthAndKeepTheShape(
      int width, int height, int mostWidth, Rotation rotation, String size) {
    try (JpegEncoder encoder = new JpegEncoder(80, mostWidth);
        Image image = Pictures.quarters(width, height);
        Image jpeg = decoded(encoder.encode(image.rotated(rotation)))) {
      assertThat(jpeg).hasToString(size + " BGR");
    }
  }

  @Test
  void shouldTakeTheMeanOfThePixelsThatComeTogether() {
    byte[] stripes = new byte[3 * 64 * 64];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = (byte) (i / 3 % 2 == 0 ? 0 : 200);
    }
    try (JpegEncoder encoder = new JpegEncoder(95, 32);
        Image image = Image.copyOf(stripes, PixelFormat.BGR, 64, 64);
        Image jpeg = decoded(encoder.encode(image))) {
      assertThat(Pictures.rgb(jpeg, 5, 5)).isEqualTo(0x646464);
      assertThat(Pictures.rgb(jpeg, 31, 31)).isEqualTo(0x646464);
    }
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void shouldTakeEveryFormat(PixelFormat format) {
    byte[] pixels = new byte[40 * 20 * 4];
    Arrays.fill(pixels, (byte) 128);
    try (JpegEncoder encoder = new JpegEncoder(95, 20);
        Image image = Image.copyOf(pixels, format, 40, 20);
        Image jpeg = decoded(encoder.encode(image.rotated(Rotation.CLOCKWISE_90)))) {
      assertThat(jpeg).hasToString("20x40 BGR");
      // YUV has its black at 16 and its white at 235.
      assertThat(Pictures.rgb(jpeg, 19, 39) & 0xff).isBetween(126, 132);
    }
  }

  @ParameterizedTest
  @CsvSource({"RGB,0,0000ff", "RGB,2,ff0000", "RGBA,0,0000ff", "BGRA,0,ff0000", "BGR,0,ff0000"})
  void shouldKeepColoursApart(PixelFormat format, int channel, String bgr) {
    byte[] pixels = new byte[32 * 32 * format.bytesPerPixel()];
    for (int i = channel; i < pixels.length; i += format.bytesPerPixel()) {
      pixels[i] = (byte) 255;
    }
    try (JpegEncoder encoder = new JpegEncoder(100, 100);
        Image image = Image.copyOf(pixels, format, 32, 32);
        Image jpeg = decoded(encoder.encode(image))) {
      int blue = Integer.parseInt(bgr, 16) >> 16;
      int rgb = Pictures.rgb(jpeg, 16, 16);
      assertThat(rgb & 0xff).isCloseTo(blue, offset(3));
      assertThat(rgb >> 16).isCloseTo(255 - blue, offset(3));
    }
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void shouldReadBetweenTheStridesOnly(PixelFormat format) {
    byte[] bright = new byte[64 * 64 * 4];
    Arrays.fill(bright, (byte) 255);
    Rect part = new Rect(16, 16, 32, 32);
    try (JpegEncoder encoder = new JpegEncoder(95, 100);
        Image image = Image.copyOf(bright, format, 64, 64);
        Image region = image.region(part)) {
      for (int i = 0; i < format.planes(); i++) {
        ByteBuffer plane = region.plane(i);
        int row = format.rowBytes(i, 32);
        for (int y = 0; y < format.rows(i, 32); y++) {
          byte[] grey = new byte[row];
          Arrays.fill(grey, (byte) 128);
          plane.put(y * region.planes().get(i).stride(), grey);
        }
      }
      try (Image jpeg = decoded(encoder.encode(region))) {
        assertThat(jpeg).hasToString("32x32 BGR");
        for (int at = 0; at < 32; at++) {
          assertThat(Pictures.rgb(jpeg, at, 0) & 0xff).isBetween(124, 134);
          assertThat(Pictures.rgb(jpeg, 31, at) & 0xff).isBetween(124, 134);
        }
      }
    }
  }

  @Property(tries = 60)
  void shouldTakeAnySize(
      @ForAll @IntRange(min = 1, max = 300) int width,
      @ForAll @IntRange(min = 1, max = 300) int height,
      @ForAll @IntRange(min = 1, max = 320) int mostWidth,
      @ForAll Rotation rotation) {
    try (JpegEncoder encoder = new JpegEncoder(70, mostWidth);
        Image image = Pictures.quarters(width, height);
        Image turned = image.rotated(rotation);
        Image jpeg = decoded(encoder.encode(turned))) {
      assertThat(jpeg.width()).isEqualTo(Math.min(mostWidth, turned.uprightWidth()));
      double shape = (double) turned.uprightHeight() / turned.uprightWidth();
      assertThat(Math.abs(jpeg.height() - shape * jpeg.width())).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void shouldMakeSmallerFilesWhenTheQualityIsLess() {
    try (JpegEncoder good = new JpegEncoder(95, 1000);
        JpegEncoder small = new JpegEncoder(20, 1000);
        Image image = Pictures.quarters(500, 400)) {
      assertThat(small.encode(image)).hasSizeLessThan(good.encode(image).length * 3 / 4);
    }
  }

  @Test
  void shouldSayWhatIsWrong() {
    fails(() -> new JpegEncoder(0, 100), Status.INVALID_ARG, "quality=0: expected 1 to 100");
    fails(() -> new JpegEncoder(101, 100), Status.INVALID_ARG, "quality=101: expected 1 to 100");
    fails(
        () -> new JpegEncoder(80, 0),
        Status.INVALID_ARG,
        "mostWidth=0: expected 1 to 65500 pixels");
    fails(
        () -> new JpegEncoder(80, 65_501),
        Status.INVALID_ARG,
        "mostWidth=65501: expected 1 to 65500 pixels");
    try (JpegEncoder encoder = new JpegEncoder(80, 65_500);
        Image high = Image.allocate(PixelFormat.GRAY8, 1, 65_501)) {
      fails(
          () -> encoder.encode(high),
          Status.OUT_OF_RANGE,
          "1x65501 GRAY8: would be 65501 pixels high, a JPEG file has at most 65500");
    }
  }

  @Test
  void shouldRefuseWhenClosed() {
    Image image = Pictures.quarters(4, 4);
    JpegEncoder encoder = new JpegEncoder(80, 100);
    encoder.encode(image);
    image.close();
    fails(() -> encoder.encode(image), Status.CLOSED, "the image 4x4 BGR is closed");

    encoder.close();
    encoder.close();
    try (Image open = Pictures.quarters(4, 4)) {
      fails(() -> encoder.encode(open), Status.CLOSED, "the JPEG encoder is closed");
    }
  }

  private static void fails(Runnable call, Status status, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOf(AvocetException.class)
        .hasMessageStartingWith(message)
        .extracting(e -> ((AvocetException) e).status())
        .isEqualTo(status);
  }

  @Test
  void shouldKeepNoMemoryOfPicturesThatAreDone() {
    long before = Memory.liveBytes();
    try (JpegEncoder encoder = new JpegEncoder(80, 640);
        Image wide = Pictures.quarters(1280, 720);
        Image small = Image.allocate(PixelFormat.I420, 320, 240)) {
      long growth =
          ProcessMemory.leastGrowth(
              2 * MEGABYTE,
              () -> {
                for (int i = 0; i < 40; i++) {
                  encoder.encode(wide.rotated(Rotation.CLOCKWISE_90));
                  encoder.encode(small);
                  new JpegEncoder(80, 640).close();
                }
              });
      assertThat(growth).isLessThan(2 * MEGABYTE);
    }
    assertThat(Memory.liveBytes()).isEqualTo(before);
  }
}
