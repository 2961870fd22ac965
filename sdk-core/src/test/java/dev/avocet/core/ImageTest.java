package dev.avocet.core;

import static dev.avocet.core.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.internal.Memory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageTest {
  private long liveBefore;

  @BeforeEach
  void countMemory() {
    liveBefore = Memory.liveBytes();
  }

  @AfterEach
  void checkThatNothingIsLeft() {
    assertThat(Memory.liveBytes()).isEqualTo(liveBefore);
  }

  /** Bytes of a packed picture, by the format's definition rather than the code under test. */
  private static int packedBytes(PixelFormat format, int width, int height) {
    return switch (format) {
      case GRAY8 -> width * height;
      case GRAY16, YUYV -> 2 * width * height;
      case BGR, RGB -> 3 * width * height;
      case BGRA, RGBA -> 4 * width * height;
      case NV12, NV21, I420 -> width * height * 3 / 2;
    };
  }

  private static int evenWidth(PixelFormat format, int width) {
    return format.subsampled() ? width + width % 2 : width;
  }

  private static int evenHeight(PixelFormat format, int height) {
    return format.subsampledRows() ? height + height % 2 : height;
  }

  private static byte[] noise(int bytes, long seed) {
    byte[] pixels = new byte[bytes];
    new Random(seed).nextBytes(pixels);
    return pixels;
  }

  /** Rows of all planes one after the other, without padding. */
  private static byte[] pack(Image image) {
    PixelFormat format = image.format();
    byte[] all = new byte[packedBytes(format, image.width(), image.height())];
    int at = 0;
    for (int i = 0; i < format.planes(); i++) {
      ByteBuffer plane = image.plane(i);
      int row = format.rowBytes(i, image.width());
      for (int y = 0; y < format.rows(i, image.height()); y++) {
        plane.get(y * image.planes().get(i).stride(), all, at, row);
        at += row;
      }
    }
    assertThat(at).isEqualTo(all.length);
    return all;
  }

  /**
   * The bytes that say pixel x, y of a packed picture: its own, and in the subsampled formats its
   * chroma. Written from the definition of the formats.
   */
  private static byte[] pixel(
      byte[] packed, PixelFormat format, int width, int height, int x, int y) {
    int luma = y * width + x;
    int chroma = (y / 2) * (width / 2) + x / 2;
    int plane = width * height;
    return switch (format) {
      case GRAY8 -> new byte[] {packed[luma]};
      case GRAY16 -> new byte[] {packed[2 * luma], packed[2 * luma + 1]};
      case BGR, RGB -> new byte[] {packed[3 * luma], packed[3 * luma + 1], packed[3 * luma + 2]};
      case BGRA, RGBA ->
          new byte[] {
            packed[4 * luma], packed[4 * luma + 1], packed[4 * luma + 2], packed[4 * luma + 3]
          };
      case YUYV ->
          new byte[] {
            packed[2 * luma], packed[2 * (luma - x % 2) + 1], packed[2 * (luma - x % 2) + 3],
          };
      case NV12, NV21 ->
          new byte[] {packed[luma], packed[plane + 2 * chroma], packed[plane + 2 * chroma + 1]};
      case I420 ->
          new byte[] {packed[luma], packed[plane + chroma], packed[plane + plane / 4 + chroma]};
    };
  }

  @Property(tries = 400)
  void shouldKeepPixelsThroughCopyAndWrap(
      @ForAll PixelFormat format,
      @ForAll @IntRange(min = 1, max = 70) int anyWidth,
      @ForAll @IntRange(min = 1, max = 9) int anyHeight,
      @ForAll @IntRange(max = 3) int offset) {
    int width = evenWidth(format, anyWidth);
    int height = evenHeight(format, anyHeight);
    byte[] pixels = noise(packedBytes(format, width, height), anyWidth);
    try (Image copy = Image.copyOf(pixels, format, width, height)) {
      assertThat(pack(copy)).isEqualTo(pixels);
      for (Image.Plane plane : copy.planes()) {
        assertThat(plane.address() % Memory.ALIGNMENT).isZero();
        assertThat(plane.stride() % Memory.ALIGNMENT).isZero();
      }
      Image again = Image.wrap(copy.planes(), format, width, height);
      assertThat(pack(again)).isEqualTo(pixels);
    }
    ByteBuffer direct = ByteBuffer.allocateDirect(offset + pixels.length).position(offset);
    direct.duplicate().put(pixels);
    Image wrapped = Image.wrap(direct, format, width, height);
    assertThat(direct.position()).isEqualTo(offset);
    assertThat(pack(wrapped)).isEqualTo(pixels);
    assertThat(pack(wrapped.rotated(Rotation.CLOCKWISE_90))).isEqualTo(pixels);
  }

  @Property(tries = 600)
  void shouldShowTheSamePixelsInARegion(
      @ForAll PixelFormat format,
      @ForAll @IntRange(min = 1, max = 20) int anyWidth,
      @ForAll @IntRange(min = 1, max = 20) int anyHeight,
      @ForAll Random random) {
    int width = evenWidth(format, anyWidth);
    int height = evenHeight(format, anyHeight);
    int stepX = format.subsampled() ? 2 : 1;
    int stepY = format.subsampledRows() ? 2 : 1;
    int x = stepX * random.nextInt(width / stepX);
    int y = stepY * random.nextInt(height / stepY);
    int w = stepX * (1 + random.nextInt((width - x) / stepX));
    int h = stepY * (1 + random.nextInt((height - y) / stepY));
    byte[] pixels = noise(packedBytes(format, width, height), x + y);
    try (Image image = Image.copyOf(pixels, format, width, height);
        Image region = image.region(new Rect(x, y, w, h));
        Image same = region.region(new Rect(0, 0, w, h))) {
      byte[] part = pack(same);
      for (int j = 0; j < h; j++) {
        for (int i = 0; i < w; i++) {
          assertThat(pixel(part, format, w, h, i, j))
              .as("%s %dx%d pixel %d,%d of %s", format, width, height, i, j, region)
              .isEqualTo(pixel(pixels, format, width, height, x + i, y + j));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void shouldRefuseOddSizesAndEdgesOnlyWhereChromaIsShared(PixelFormat format) {
    if (format.subsampled()) {
      assertFails(Status.INVALID_ARG, () -> Image.allocate(format, 3, 2))
          .isEqualTo("width=3 height=2: " + format + " needs even sizes");
    } else {
      Image.allocate(format, 3, 2).close();
    }
    if (format.subsampledRows()) {
      assertFails(Status.INVALID_ARG, () -> Image.allocate(format, 2, 3)).contains("even sizes");
    } else {
      Image.allocate(format, 2, 3).close();
    }
    try (Image image = Image.allocate(format, 8, 8)) {
      if (format.subsampled()) {
        assertFails(Status.INVALID_ARG, () -> image.region(new Rect(1, 0, 2, 2)))
            .contains("x=1")
            .contains(format + " needs even edges");
        assertFails(Status.INVALID_ARG, () -> image.region(new Rect(0, 0, 1, 2)))
            .contains("even sizes");
      }
      if (format.subsampledRows()) {
        assertFails(Status.INVALID_ARG, () -> image.region(new Rect(0, 1, 2, 2)))
            .contains("even edges");
      }
    }
  }

  @Test
  void shouldRefuseSizesThatNoPictureHas() {
    assertFails(Status.INVALID_ARG, () -> Image.allocate(PixelFormat.BGR, 0, 5))
        .isEqualTo("width=0 height=5: a picture has at least one pixel");
    assertFails(Status.INVALID_ARG, () -> Image.allocate(PixelFormat.BGR, 5, -1))
        .contains("height=-1");
    int max = Integer.MAX_VALUE;
    int[][] tooLarge = {{max, max}, {max, 1}, {1, max}, {1, 40_000_000}, {50_000, 50_000}};
    for (int[] size : tooLarge) {
      assertFails(Status.OUT_OF_RANGE, () -> Image.allocate(PixelFormat.GRAY8, size[0], size[1]))
          .contains("width=" + size[0])
          .contains("above 2 GiB");
    }
    assertFails(Status.OUT_OF_RANGE, () -> Image.allocate(PixelFormat.NV12, 40_000, 40_000))
        .contains("above 2 GiB");
  }

  @Test
  void shouldRefuseMemoryThatDoesNotFit() {
    assertFails(Status.INVALID_ARG, () -> Image.copyOf(new byte[11], PixelFormat.BGR, 2, 2))
        .isEqualTo("pixels=11 bytes, 2x2 BGR needs 12");
    assertFails(
            Status.INVALID_ARG,
            () -> Image.wrap(ByteBuffer.allocateDirect(12).position(1), PixelFormat.BGR, 2, 2))
        .isEqualTo("pixels=11 bytes, 2x2 BGR needs 12");
    assertFails(
            Status.INVALID_ARG, () -> Image.wrap(ByteBuffer.allocate(12), PixelFormat.BGR, 2, 2))
        .contains("direct");
    assertFails(Status.INVALID_ARG, () -> Image.wrap(0, 6, PixelFormat.BGR, 2, 2))
        .isEqualTo("plane 0 has address=0");
    assertFails(Status.INVALID_ARG, () -> Image.wrap(64, 5, PixelFormat.BGR, 2, 2))
        .isEqualTo("plane 0: stride=5 is less than a row of 6 bytes (width=2 BGR)");
    assertFails(Status.INVALID_ARG, () -> Image.wrap(64, -6, PixelFormat.BGR, 2, 2))
        .contains("stride=-6");
    assertFails(Status.INVALID_ARG, () -> Image.wrap(64, 2, PixelFormat.NV12, 2, 2))
        .isEqualTo("planes=1: NV12 has 2");
    assertFails(
            Status.INVALID_ARG,
            () ->
                Image.wrap(
                    List.of(new Image.Plane(64, 8), new Image.Plane(640, 7)),
                    PixelFormat.NV21,
                    8,
                    2))
        .contains("plane 1: stride=7");
  }

  @Test
  void shouldRefuseRegionsOutside() {
    try (Image image = Image.allocate(PixelFormat.GRAY8, 10, 10)) {
      int max = Integer.MAX_VALUE;
      Rect[] outside = {
        new Rect(-1, 0, 5, 5),
        new Rect(0, -1, 5, 5),
        new Rect(6, 0, 5, 5),
        new Rect(0, 6, 5, 5),
        new Rect(max, 0, max, 1),
        new Rect(0, max, 1, max),
        new Rect(0, 0, max, max)
      };
      for (Rect part : outside) {
        assertFails(Status.OUT_OF_RANGE, () -> image.region(part))
            .contains("x=" + part.x())
            .contains("is not inside of 10x10");
      }
      assertThat(image.region(new Rect(9, 9, 1, 1)).width()).isEqualTo(1);
      assertFails(Status.OUT_OF_RANGE, () -> image.plane(1)).isEqualTo("plane=1: GRAY8 has 1");
    }
  }

  @Test
  void shouldSayThatItIsClosedWhenUsedAfterwards() {
    Image image = Image.allocate(PixelFormat.NV12, 4, 4);
    Image region = image.region(new Rect(0, 0, 2, 2));
    Image turned = region.rotated(Rotation.HALF);
    turned.close();
    assertThat(region.plane(1).capacity()).isEqualTo(2);
    image.close();
    image.close();
    for (Image closed : new Image[] {image, region, turned}) {
      assertFails(Status.CLOSED, () -> closed.plane(0)).contains("NV12").contains("is closed");
      assertFails(Status.CLOSED, closed::planes).contains("is closed");
      assertFails(Status.CLOSED, () -> closed.region(new Rect(0, 0, 2, 2))).contains("is closed");
      assertFails(Status.CLOSED, () -> closed.rotated(Rotation.NONE)).contains("is closed");
    }
  }

  @Test
  void shouldSwapSizesWhenTurnedByAQuarter() {
    try (Image image = Image.allocate(PixelFormat.BGR, 4, 6)) {
      Image turned = image.rotated(Rotation.COUNTERCLOCKWISE_90);
      assertThat(turned.uprightWidth()).isEqualTo(6);
      assertThat(turned.uprightHeight()).isEqualTo(4);
      assertThat(turned.width()).isEqualTo(4);
      assertThat(turned.region(new Rect(0, 0, 4, 2)).rotation()).isEqualTo(turned.rotation());
      assertThat(image.rotated(Rotation.HALF).uprightWidth()).isEqualTo(4);
      assertThat(turned).hasToString("4x6 BGR (borrowed)");
    }
  }

  @Test
  void shouldSayWhatIsMissingWhenNoCodecIsInstalled() {
    assertFails(Status.NOT_SUPPORTED, () -> Image.decode(ByteBuffer.allocate(1)))
        .contains("add the module avocet-media");
    assertFails(Status.INVALID_ARG, () -> new ImageCodec.Options(true, 0)).contains("maxPixels=0");
    assertFails(Status.INVALID_ARG, () -> new Rect(1, 2, 0, 4)).contains("width=0");
  }

  @Test
  void shouldSayThatTheCodecCannotBeLoaded(@TempDir Path folder) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(ImageCodec.class.getName()), "org.example.Missing");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader broken = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(broken);
      assertFails(Status.NOT_SUPPORTED, () -> Image.read(folder.resolve("a.png")))
          .startsWith("the ImageCodec on the class path cannot be loaded: ")
          .contains("org.example.Missing");
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
