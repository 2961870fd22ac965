package dev.avocet.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rotation;
import dev.avocet.core.Status;
import dev.avocet.core.internal.Memory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenCvImageCodecTest {
  private final ImageCodec codec = ImageCodec.installed();

  @TempDir Path folder;

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private void fails(Path file, Status status, String... parts) {
    long before = Memory.liveBytes();
    assertThatThrownBy(() -> codec.read(file, ImageCodec.Options.DEFAULT).close())
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(parts)
        .extracting(e -> ((AvocetException) e).status())
        .isEqualTo(status);
    assertThat(Memory.liveBytes()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".ppm"})
  void shouldReadWhatItWroteWhateverTheFormat(String ending) throws IOException {
    Path file = folder.resolve("p" + ending.toUpperCase(Locale.ROOT));
    try (Image image = Pictures.quarters(38, 21)) {
      codec.write(image, file);
    }

    try (Image image = codec.read(file, ImageCodec.Options.DEFAULT)) {
      assertThat(image).hasToString("38x21 BGR");
      assertThat(Pictures.corners(image)).isEqualTo("abcd");
      assertThat(image.planes().get(0).stride() % 64).isZero();
    }
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "5,1", "64,64", "641,3"})
  void shouldKeepEveryPixelWhenTheFormatIsLossless(int width, int height) throws IOException {
    byte[] pixels = new byte[3 * width * height];
    new Random(7).nextBytes(pixels);
    Path file = folder.resolve("p.png");
    try (Image image = Image.copyOf(pixels, PixelFormat.BGR, width, height)) {
      codec.write(image, file);
    }

    try (Image image = Image.read(file)) {
      byte[] found = new byte[pixels.length];
      for (int y = 0; y < height; y++) {
        image.plane(0).get(y * image.planes().get(0).stride(), found, 3 * width * y, 3 * width);
      }
      assertThat(found).isEqualTo(pixels);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,abcd", "2,badc", "3,dcba", "4,cdab", "5,acbd", "6,cadb", "7,dbca", "8,bdac"})
  void shouldTurnUprightUnlessToldNotToWhenThereIsAnOrientation(int orientation, String upright)
      throws IOException {
    Path file = file("p.jpg", withOrientation(Pictures.encoded(".jpg", 64, 32), orientation));

    try (Image image = codec.read(file, ImageCodec.Options.DEFAULT)) {
      assertThat(image).hasToString(orientation < 5 ? "64x32 BGR" : "32x64 BGR");
      assertThat(Pictures.corners(image)).isEqualTo(upright);
    }
    try (Image image = codec.read(file, new ImageCodec.Options(false, 10_000))) {
      assertThat(image).hasToString("64x32 BGR");
      assertThat(Pictures.corners(image)).isEqualTo("abcd");
    }
  }

  private static byte[] withOrientation(byte[] jpeg, int orientation) throws IOException {
    String exif =
        "ffe1 0022 457869660000 4d4d002a00000008 0001 0112 0003 00000001 %04x0000 00000000";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(HexFormat.of().parseHex(exif.formatted(orientation).replace(" ", "")));
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  @Test
  void shouldGoByTheContentWhenTheNameSaysSomethingElse() throws IOException {
    Path file = file("p.jpg", Pictures.encoded(".png", 20, 10));

    try (Image image = codec.read(file, ImageCodec.Options.DEFAULT)) {
      assertThat(Pictures.corners(image)).isEqualTo("abcd");
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void shouldDecodeBetweenPositionAndLimitWithoutMovingThem(boolean direct) throws IOException {
    byte[] png = Pictures.encoded(".png", 20, 10);
    int bytes = png.length + 12;
    ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
    buffer.position(5).put(png).flip().position(5);

    try (Image image = codec.decode(buffer, ImageCodec.Options.DEFAULT)) {
      assertThat(Pictures.corners(image)).isEqualTo("abcd");
    }
    assertThat(buffer.position()).isEqualTo(5);
    assertThat(buffer.limit()).isEqualTo(5 + png.length);
  }

  @Test
  void shouldSayWhatIsWrongWhenThereIsNoPicture() throws IOException {
    fails(folder.resolve("missing.jpg"), Status.FILE_NOT_FOUND, "no such file");
    fails(file("empty.jpg", new byte[0]), Status.INVALID_ARG, "is empty");
    fails(folder, Status.INVALID_ARG, "is a folder, not a picture");
    fails(Path.of("/dev/null"), Status.INVALID_ARG, "is a device, not a picture");
    fails(
        file("text.png", "hello".getBytes(StandardCharsets.UTF_8)),
        Status.INVALID_ARG,
        "is not a picture (first bytes 68 65 6c 6c 6f)");
    fails(file("one.jpg", new byte[] {0}), Status.INVALID_ARG, "is not a picture (first bytes 00)");
    assertThatThrownBy(
            () -> codec.decode(ByteBuffer.allocate(0), ImageCodec.Options.DEFAULT).close())
        .hasMessage("encoded picture of 0 bytes: is empty");
  }

  @Test
  void shouldSayNoPermissionWhenTheFileIsNotReadable() throws IOException {
    Path file = file("p.png", Pictures.encoded(".png", 2, 2));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeThat(Files.isReadable(file)).as("root may read everything").isFalse();

    fails(file, Status.FAIL, "cannot be read: no permission");
  }

  @ParameterizedTest
  @ValueSource(strings = {".jpg", ".png", ".bmp", ".webp", ".tif", ".ppm"})
  void shouldFailWhereverTheFileIsCutShort(String ending) throws IOException {
    byte[] whole = Pictures.encoded(ending, 61, 47);
    int[] lengths = {3, 9, 20, 30, 60, whole.length / 2, whole.length * 9 / 10, whole.length - 20};
    for (int length : lengths) {
      fails(file("cut" + ending, Arrays.copyOf(whole, length)), Status.INVALID_ARG, "cut" + ending);
    }
  }

  @Test
  void shouldSayCutShortWhenTheEndMarkerIsMissing() throws IOException {
    byte[] jpeg = Pictures.encoded(".jpg", 61, 47);
    byte[] png = Pictures.encoded(".png", 61, 47);

    fails(
        file("cut.jpg", Arrays.copyOf(jpeg, jpeg.length - 2)),
        Status.INVALID_ARG,
        "is damaged: JPEG is cut short");
    fails(
        file("cut.png", Arrays.copyOf(png, png.length - 12)),
        Status.INVALID_ARG,
        "is damaged: PNG is cut short");
    png[png.length / 2] ^= 1;
    fails(file("bad.png", png), Status.INVALID_ARG, "PNG has a wrong checksum");
    jpeg[jpeg.length - 10] = (byte) 0xff;
    jpeg[jpeg.length - 9] = 0x20;
    fails(file("bad.jpg", jpeg), Status.INVALID_ARG, "JPEG has the marker 20");
  }

  @ParameterizedTest
  @ValueSource(strings = {".jpg", ".png", ".bmp", ".webp", ".tif", ".ppm"})
  void shouldRefuseBeforeDecodingWhenThereAreMorePixelsThanAllowed(String ending)
      throws IOException {
    Path file = file("p" + ending, Pictures.encoded(ending, 40, 30));

    codec.read(file, new ImageCodec.Options(true, 1200)).close();
    assertThatThrownBy(() -> codec.read(file, new ImageCodec.Options(true, 1199)).close())
        .hasMessage(file + ": width=40 height=30 is more than maxPixels=1199")
        .extracting(e -> ((AvocetException) e).status())
        .isEqualTo(Status.OUT_OF_RANGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The header alone, of pictures whose pixels nobody should try to allocate or has none of.
        "png  | 89504e470d0a1a0a 0000000d49484452 00030d40 00030d40 0802000000 | 200000 | 200000",
        "png  | 89504e470d0a1a0a 0000000d49484452 ffffffff ffffffff 0802000000 | 4294967295 | 4294967295",
        "png  | 89504e470d0a1a0a 0000000d49484452 00000000 00000007 0802000000 | 0 | 7",
        "jpg  | ffd8 ffe00004aaaa ffc0 0011 08 fffe fffd 03                    | 65533 | 65534",
        "jpg  | ffd8 ffc2 0011 08 0000 0007 03                                 | 7 | 0",
        "bmp  | 424d 0000000000000000 36000000 28000000 409c0000 c063ffff 0100 | 40000 | 40000",
        "bmp  | 424d 0000000000000000 1a000000 0c000000 ffff ffff 0100         | 65535 | 65535",
        "bmp  | 424d 0000000000000000 36000000 28000000 00000000 05000000 0100 | 0 | 5",
        "gif  | 474946383961 ffff ffff 000000                                  | 65535 | 65535",
        "webp | 52494646 14000000 57454250 56503858 0a000000 00000000 ffff7f ffff00 | 8388608 | 65536",
        "tif  | 49492a00 08000000 0200 0001 0400 01000000 409c0000 0101 0300 01000000 409c0000 | 40000 | 40000",
        "tif  | 4d4d002a 00000008 0002 0100 0003 00000001 9c400000 0101 0004 00000001 00009c40 | 40000 | 40000",
        "tif  | 49492a00 08000000 0100 0001 0400 01000000 409c0000 | 40000 | 0",
        "ppm  | 5036 0a 23 63 0a 3430303030 20 3430303030 0a 323535 0a         | 40000 | 40000",
        "ppm  | 5036 0a 30 20 37 0a 323535 0a                                  | 0 | 7",
      })
  void shouldTrustTheHeaderAloneWhenTheSizeIsAbsurd(
      String ending, String hex, long width, long height) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    Path file = file("p." + ending, bytes);

    Status status = width * height == 0 ? Status.INVALID_ARG : Status.OUT_OF_RANGE;
    fails(file, status, "width=" + width + " height=" + height);
  }

  @Test
  void shouldRefuseATiffWhoseTilesAreLargerThanAllowed() throws IOException {
    String hex =
        "49492a00 08000000 0400 0001 0300 01000000 10000000 0101 0300 01000000 10000000"
            + "4201 0400 01000000 00000100 4301 0400 01000000 00000100";
    Path file = file("p.tif", HexFormat.of().parseHex(hex.replace(" ", "")));

    fails(file, Status.OUT_OF_RANGE, "width=65536 height=65536 of a tile");
  }

  @Test
  void shouldNeverFailOtherwiseWhenBytesAreChanged() throws IOException {
    Random random = new Random(5);
    for (String ending : new String[] {".jpg", ".png", ".bmp", ".webp", ".tif", ".ppm"}) {
      byte[] whole = Pictures.encoded(ending, 31, 17);
      for (int i = 0; i < 80; i++) {
        byte[] bytes = whole.clone();
        // Mostly in the header; entropy-coded JPEG data would make libjpeg itself print.
        for (int k = 0; k < 3; k++) {
          bytes[random.nextInt(40)] = (byte) random.nextInt();
        }
        try {
          codec.decode(ByteBuffer.wrap(bytes), new ImageCodec.Options(true, 100_000)).close();
        } catch (AvocetException e) {
          assertThat(e.status()).isIn(Status.INVALID_ARG, Status.OUT_OF_RANGE);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"RGB,.png", "RGBA,.png", "BGRA,.png", "BGRA,.jpg", "RGB,.jpg", "BGR,.bmp"})
  void shouldWriteTheSameColoursWhateverTheFormat(PixelFormat format, String ending) {
    Path file = folder.resolve("p" + ending);
    int channels = format.channels();
    boolean blueFirst = format == PixelFormat.BGR || format == PixelFormat.BGRA;
    byte[] pixels = new byte[16 * 16 * channels];
    for (int i = 0; i < 256; i++) {
      pixels[i * channels + (blueFirst ? 2 : 0)] = (byte) 200;
      pixels[i * channels + 1] = 100;
      pixels[i * channels + (blueFirst ? 0 : 2)] = 50;
    }
    try (Image image = Image.copyOf(pixels, format, 16, 16)) {
      codec.write(image, file);
    }

    try (Image image = codec.read(file, ImageCodec.Options.DEFAULT)) {
      int rgb = Pictures.rgb(image, 8, 8);
      assertThat(rgb >> 16).isBetween(197, 203);
      assertThat(rgb >> 8 & 0xff).isBetween(97, 103);
      assertThat(rgb & 0xff).isBetween(47, 53);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GRAY8,.png",
    "GRAY8,.ppm",
    "GRAY16,.png",
    "GRAY16,.jpg",
    "NV12,.png",
    "NV21,.png",
    "I420,.png",
    "YUYV,.png"
  })
  void shouldWriteGreyWhenThePictureHasNoColour(PixelFormat format, String ending) {
    byte[] pixels = new byte[16 * 16 * 2];
    Arrays.fill(pixels, (byte) 128);
    Path file = folder.resolve("p" + ending);
    try (Image image = Image.copyOf(pixels, format, 16, 16)) {
      codec.write(image, file);
    }

    try (Image image = codec.read(file, ImageCodec.Options.DEFAULT)) {
      int rgb = Pictures.rgb(image, 15, 15);
      // YUV has its black at 16 and its white at 235.
      assertThat(rgb & 0xff).isBetween(126, 132);
      assertThat(rgb).isEqualTo((rgb & 0xff) * 0x10101);
    }
  }

  @Test
  void shouldWriteUprightAndLeaveThePictureAloneWhenItIsRotated() {
    Path colour = folder.resolve("c.png");
    Path grey = folder.resolve("g.png");
    try (Image image = Pictures.quarters(20, 10);
        Image gray = Image.copyOf(new byte[] {0, 50, 100, (byte) 200}, PixelFormat.GRAY8, 2, 2)) {
      codec.write(image.rotated(Rotation.CLOCKWISE_90), colour);
      codec.write(gray.rotated(Rotation.HALF), grey);

      assertThat(gray.plane(0).get(0)).isZero();
    }

    try (Image image = codec.read(colour, ImageCodec.Options.DEFAULT);
        Image gray = codec.read(grey, ImageCodec.Options.DEFAULT)) {
      assertThat(image).hasToString("10x20 BGR");
      assertThat(Pictures.corners(image)).isEqualTo("cadb");
      assertThat(Pictures.rgb(gray, 0, 0)).isEqualTo(0xc8c8c8);
      assertThat(Pictures.rgb(gray, 1, 1)).isZero();
    }
  }

  @Test
  void shouldLeaveNothingBehindWhenItCannotWrite() throws IOException {
    Files.createDirectory(folder.resolve("d.png"));

    cannotWrite(folder.resolve("p.xyz"), Status.INVALID_ARG, "the ending says no known picture");
    cannotWrite(folder.resolve("png"), Status.INVALID_ARG, "the ending says no known picture");
    cannotWrite(folder.resolve("d.png"), Status.FAIL, "is a folder");
    cannotWrite(folder.resolve("no/p.png"), Status.FAIL, "does not exist; create it first");
    cannotWrite(Path.of("/proc/p.png"), Status.FAIL, "cannot be written");
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(folder.resolve("d.png"));
    }
  }

  private void cannotWrite(Path file, Status status, String part) {
    try (Image image = Pictures.quarters(4, 4)) {
      assertThatThrownBy(() -> codec.write(image, file))
          .isInstanceOf(AvocetException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining(part)
          .extracting(e -> ((AvocetException) e).status())
          .isEqualTo(status);
    }
  }
}
