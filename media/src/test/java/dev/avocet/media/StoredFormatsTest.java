package dev.avocet.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pictures in every format and rotation are drawn on and written, as video frames want it. */
class StoredFormatsTest {
  /** What turned quarters look like. */
  private static final Map<Rotation, String> TURNED =
      Map.of(
          Rotation.NONE, "abcd",
          Rotation.CLOCKWISE_90, "cadb",
          Rotation.HALF, "dcba",
          Rotation.COUNTERCLOCKWISE_90, "bdac");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = PixelFormat.class,
      names = {"GRAY8", "GRAY16"},
      mode = EnumSource.Mode.EXCLUDE)
  void shouldAnnotateAndWriteColoursUpright(PixelFormat format) {
    ImageCodec codec = ImageCodec.installed();
    // A part, so that strides are longer than rows.
    try (Image whole = quarters(format, 48, 40)) {
      Image image = whole.region(new Rect(8, 8, 32, 24));
      for (Rotation rotation : Rotation.values()) {
        Image turned = image.rotated(rotation);
        String size = rotation.swapsAxes() ? "24x32 BGR" : "32x24 BGR";
        String corners = TURNED.get(rotation);
        try (Image drawn = Annotator.annotate(turned, List.of())) {
          assertThat(drawn).hasToString(size);
          assertThat(Pictures.corners(drawn)).as("%s", rotation).isEqualTo(corners);
          assertThat(
                  furthest(Pictures.rgb(drawn, 1, 1), Pictures.QUARTERS[corners.charAt(0) - 'a']))
              .isLessThan(format.subsampled() ? 4 : 1);
        }
        for (String ending : List.of(".png", ".jpg")) {
          Path file = folder.resolve(format + "-" + rotation + ending);
          codec.write(turned, file);
          try (Image read = codec.read(file, ImageCodec.Options.DEFAULT)) {
            assertThat(read).hasToString(size);
            assertThat(Pictures.corners(read)).as("%s", file).isEqualTo(corners);
          }
        }
      }
    }
  }

  private static int furthest(int rgb, int other) {
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      most = Math.max(most, Math.abs((rgb >> shift & 0xff) - (other >> shift & 0xff)));
    }
    return most;
  }

  @ParameterizedTest
  @EnumSource(
      value = PixelFormat.class,
      names = {"GRAY8", "GRAY16"})
  void shouldAnnotateAndWriteGreyUpright(PixelFormat format) {
    ImageCodec codec = ImageCodec.installed();
    try (Image image = Image.allocate(format, 3, 2)) {
      for (int i = 0; i < 6; i++) {
        int at = i / 3 * image.planes().get(0).stride() + i % 3 * format.bytesPerPixel();
        for (int k = 0; k < format.bytesPerPixel(); k++) {
          image.plane(0).put(at + k, (byte) (40 * i));
        }
      }
      // Which of the six pixels comes to stand at the upper left.
      Map<Rotation, Integer> corners =
          Map.of(
              Rotation.NONE, 0,
              Rotation.CLOCKWISE_90, 3,
              Rotation.HALF, 5,
              Rotation.COUNTERCLOCKWISE_90, 2);
      for (Rotation rotation : Rotation.values()) {
        Image turned = image.rotated(rotation);
        int expected = 40 * corners.get(rotation) * 0x10101;
        Path file = folder.resolve(format + "-" + rotation + ".png");
        codec.write(turned, file);
        try (Image drawn = Annotator.annotate(turned, List.of());
            Image read = codec.read(file, ImageCodec.Options.DEFAULT)) {
          assertThat(drawn).hasToString(rotation.swapsAxes() ? "2x3 BGR" : "3x2 BGR");
          assertThat(Pictures.rgb(drawn, 0, 0)).as("%s", rotation).isEqualTo(expected);
          assertThat(Pictures.rgb(read, 0, 0)).as("%s", rotation).isEqualTo(expected);
        }
      }
    }
  }

  /** The quarters of {@link Pictures#QUARTERS}; width and height are multiples of four. */
  private static Image quarters(PixelFormat format, int width, int height) {
    Image image = Image.allocate(format, width, height);
    for (int i = 0; i < width * height; i++) {
      int x = i % width;
      int y = i / width;
      int rgb = Pictures.QUARTERS[(2 * x >= width ? 1 : 0) + (2 * y >= height ? 2 : 0)];
      if (format.subsampled()) {
        putYuv(image, x, y, yuv(rgb));
      } else {
        int at = y * image.planes().get(0).stride() + x * format.bytesPerPixel();
        for (int c = 0; c < format.bytesPerPixel(); c++) {
          boolean blueFirst = format == PixelFormat.BGR || format == PixelFormat.BGRA;
          image.plane(0).put(at + c, (byte) (c == 3 ? 255 : rgb >> 8 * (blueFirst ? c : 2 - c)));
        }
      }
    }
    return image;
  }

  /** Luma and the two chroma values of the four colours: BT.601, limited range. */
  private static int[] yuv(int rgb) {
    return switch (rgb) {
      case 0xff0000 -> new int[] {82, 90, 240};
      case 0x00ff00 -> new int[] {145, 54, 34};
      case 0x0000ff -> new int[] {41, 240, 110};
      default -> new int[] {235, 128, 128};
    };
  }

  private static void putYuv(Image image, int x, int y, int[] yuv) {
    PixelFormat format = image.format();
    boolean packed = format == PixelFormat.YUYV;
    int at = y * image.planes().get(0).stride() + x * format.bytesPerPixel();
    image.plane(0).put(at, (byte) yuv[0]);
    if (packed) {
      image.plane(0).put(at + 1, (byte) yuv[1 + x % 2]);
      return;
    }
    boolean three = format == PixelFormat.I420;
    int redPlane = three ? 2 : 1;
    ByteBuffer blue = image.plane(1);
    ByteBuffer red = image.plane(redPlane);
    int row = y / 2 * image.planes().get(1).stride();
    int column = three ? x / 2 : x & ~1;
    blue.put(row + column + (format == PixelFormat.NV21 ? 1 : 0), (byte) yuv[1]);
    red.put(row + column + (format == PixelFormat.NV12 ? 1 : 0), (byte) yuv[2]);
  }
}
