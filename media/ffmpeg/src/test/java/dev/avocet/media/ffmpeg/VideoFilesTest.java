package dev.avocet.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import dev.avocet.core.PixelFormat;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.media.SourceOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VideoFilesTest {
  @TempDir Path folder;

  private static List<Integer> upTo(int frames) {
    return IntStream.range(0, frames).boxed().toList();
  }

  private static List<Taken> read(Path... files) {
    return read(SourceOptions.DEFAULT, files);
  }

  private static List<Taken> read(SourceOptions options, Path... files) {
    try (FrameSource source =
        Frames.open(options, Arrays.stream(files).map(Path::toString).toList())) {
      return Taken.all(source);
    }
  }

  private static Path half(Path whole, Path part) throws IOException {
    byte[] bytes = Files.readAllBytes(whole);
    return Files.write(part, Arrays.copyOf(bytes, bytes.length / 2));
  }

  @ParameterizedTest
  @CsvSource({
    "mpeg4,      clip.mp4,  64x48 I420",
    "mpeg4,      clip.avi,  64x48 I420",
    "mpeg4,      clip.mkv,  64x48 I420",
    "mpeg4,      clip.mov,  64x48 I420",
    "mpeg2video, clip.ts,   64x48 I420",
    "mpeg2video, clip.mpg,  64x48 I420",
    "libopenh264,clip.mp4,  64x48 I420",
    "libvpx,     clip.webm, 64x48 I420",
    "flv,        clip.flv,  64x48 I420",
  })
  void shouldGiveEveryFrameInOrder(String codec, String name, String picture) {
    Path file =
        new Clip().codec(codec, avutil.AV_PIX_FMT_YUV420P).frames(40).write(folder.resolve(name));

    List<Taken> frames = read(file);

    assertThat(frames).extracting(Taken::number).isEqualTo(upTo(40));
    assertThat(frames).extracting(t -> (int) t.index()).isEqualTo(upTo(40));
    assertThat(frames).extracting(t -> (int) Math.round(t.time() / 40)).isEqualTo(upTo(40));
    assertThat(frames).extracting(Taken::picture).containsOnly(picture + " (borrowed) NONE");
  }

  static Stream<Arguments> formats() {
    int none = avutil.AVCOL_SPC_UNSPECIFIED;
    int full = avutil.AVCOL_RANGE_JPEG;
    return Stream.of(
        Arguments.of("rawvideo", avutil.AV_PIX_FMT_NV12, none, 0, 64, "a.avi", "NV12"),
        Arguments.of("rawvideo", avutil.AV_PIX_FMT_NV21, none, 0, 64, "a.avi", "NV21"),
        Arguments.of("rawvideo", avutil.AV_PIX_FMT_YUYV422, none, 0, 64, "a.avi", "YUYV"),
        Arguments.of("rawvideo", avutil.AV_PIX_FMT_BGR24, none, 0, 64, "a.avi", "BGR"),
        Arguments.of("rawvideo", avutil.AV_PIX_FMT_RGB24, none, 0, 64, "a.mov", "RGB"),
        Arguments.of("ffv1", avutil.AV_PIX_FMT_GRAY8, none, 0, 64, "a.mkv", "GRAY8"),
        Arguments.of("ffv1", avutil.AV_PIX_FMT_YUV420P, none, 0, 64, "a.mkv", "I420"),
        Arguments.of("ffv1", avutil.AV_PIX_FMT_YUV420P, none, 0, 63, "a.mkv", "BGR"),
        Arguments.of("ffv1", avutil.AV_PIX_FMT_YUV420P, none, full, 64, "a.mkv", "BGR"),
        Arguments.of(
            "ffv1", avutil.AV_PIX_FMT_YUV420P, avutil.AVCOL_SPC_BT709, 0, 64, "a.mkv", "BGR"),
        Arguments.of(
            "ffv1", avutil.AV_PIX_FMT_YUV420P, avutil.AVCOL_SPC_SMPTE170M, 0, 64, "a.mkv", "I420"),
        Arguments.of("mjpeg", avutil.AV_PIX_FMT_YUVJ420P, none, full, 64, "a.avi", "BGR"),
        Arguments.of("mpeg4", avutil.AV_PIX_FMT_YUV420P, none, 0, 63, "a.mp4", "BGR"));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void shouldKeepTheDecodersPlanesWhereTheyMeanWhatOurFormatsDo(
      String codec, int pixels, int matrix, int range, int width, String name, String format) {
    Path file =
        new Clip()
            .codec(codec, pixels)
            .colours(matrix, range)
            .size(width, 48)
            .frames(30)
            .write(folder.resolve(name));

    List<Taken> frames = read(file);

    assertThat(frames).extracting(Taken::error).containsOnly("");
    assertThat(frames)
        .extracting(Taken::picture)
        .containsOnly(width + "x48 " + format + " (borrowed) NONE");
    assertThat(frames).extracting(Taken::number).isEqualTo(upTo(30));
  }

  static Stream<Arguments> colours() {
    int tv = avutil.AVCOL_RANGE_MPEG;
    int full = avutil.AVCOL_RANGE_JPEG;
    int bt601 = avutil.AVCOL_SPC_SMPTE170M;
    return Stream.of(
        Arguments.of(bt601, tv, 63, 0.299, 0.114, 16, 219.0, 224.0),
        Arguments.of(avutil.AVCOL_SPC_BT709, tv, 64, 0.2126, 0.0722, 16, 219.0, 224.0),
        Arguments.of(avutil.AVCOL_SPC_BT709, full, 64, 0.2126, 0.0722, 0, 255.0, 255.0),
        Arguments.of(bt601, full, 64, 0.299, 0.114, 0, 255.0, 255.0));
  }

  @ParameterizedTest
  @MethodSource("colours")
  void shouldConvertByTheStreamsOwnMatrixAndRange(
      int matrix, int range, int width, double kr, double kb, int black, double y, double c) {
    Path file =
        new Clip()
            .codec("ffv1", avutil.AV_PIX_FMT_YUV420P)
            .colours(matrix, range)
            .chroma(100, 170)
            .size(width, 48)
            .frames(1)
            .write(folder.resolve("clip.mkv"));

    try (FrameSource source = Frames.open(file.toString());
        Frame frame = source.next().orElseThrow()) {
      double luma = (Clip.DARK - black) * 255 / y;
      double red = luma + 2 * (1 - kr) * (170 - 128) * 255 / c;
      double blue = luma + 2 * (1 - kb) * (100 - 128) * 255 / c;
      double green = (luma - kr * red - kb * blue) / (1 - kr - kb);
      Image image = frame.image();
      assertThat(image.format()).isEqualTo(PixelFormat.BGR);
      ByteBuffer pixels = image.plane(0);
      int at = 24 * image.planes().get(0).stride() + 3 * 20;
      assertThat(pixels.get(at) & 0xff).isCloseTo((int) Math.max(0, blue), within(1));
      assertThat(pixels.get(at + 1) & 0xff).isCloseTo((int) Math.max(0, green), within(1));
      assertThat(pixels.get(at + 2) & 0xff).isCloseTo((int) Math.max(0, red), within(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"90, COUNTERCLOCKWISE_90", "-90, CLOCKWISE_90", "180, HALF", "30, NONE"})
  void shouldSayHowFramesHaveToBeTurned(int counterclockwise, String rotation) {
    Path file = new Clip().turned(counterclockwise).write(folder.resolve("phone.mp4"));

    assertThat(read(file))
        .extracting(Taken::picture)
        .containsOnly("64x48 I420 (borrowed) " + rotation);
    SourceOptions asStored =
        new SourceOptions(new ImageCodec.Options(false, 1_000_000), SourceOptions.Pace.FAST, "");
    assertThat(read(asStored, file))
        .extracting(Taken::picture)
        .containsOnly("64x48 I420 (borrowed) NONE");
  }

  @Test
  void shouldKeepTheTimesOfAVariableFrameRate() {
    Path file = new Clip().times(0, 10, 100, 110, 500, 2000).write(folder.resolve("vfr.mkv"));

    assertThat(read(file))
        .extracting(Taken::time)
        .containsExactly(0.0, 10.0, 100.0, 110.0, 500.0, 2000.0);
  }

  @Test
  void shouldGiveFramesTheirOwnSizesWhenTheyChange() throws IOException {
    Path small = new Clip().codec("mpeg2video", 0).write(folder.resolve("small.ts"));
    Path large = new Clip().codec("mpeg2video", 0).size(96, 64).write(folder.resolve("large.ts"));
    Path both = folder.resolve("both.ts");
    Files.write(both, Files.readAllBytes(small));
    Files.write(both, Files.readAllBytes(large), StandardOpenOption.APPEND);

    List<Taken> frames = read(both).stream().filter(t -> t.error().isEmpty()).toList();

    assertThat(frames).extracting(Taken::number).startsWith(0, 1, 2, 3, 4, 5, 6, 7).endsWith(9);
    assertThat(frames).extracting(Taken::picture).first().asString().startsWith("64x48 I420");
    assertThat(frames).extracting(Taken::picture).last().asString().startsWith("96x64 I420");
    assertThat(frames).extracting(Taken::time).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void shouldGiveTheFramesBeforeTheCutThenTheReasonThenTheNextInput() throws IOException {
    Path whole =
        new Clip().headerFirst().keyFrames(1).frames(60).write(folder.resolve("whole.mp4"));
    Path cut = half(whole, folder.resolve("cut.mp4"));
    Path next = new Clip().frames(3).write(folder.resolve("next.mp4"));

    List<Taken> frames = read(cut, next);

    int good =
        frames.indexOf(frames.stream().filter(t -> t.number() < 0).findFirst().orElseThrow());
    assertThat(good).isBetween(15, 45);
    assertThat(frames).extracting(Taken::number).startsWith(upTo(good).toArray(Integer[]::new));
    assertThat(frames.get(good).index()).isEqualTo(good);
    assertThat(frames.get(good).error()).startsWith("INVALID_ARG " + cut + ": is damaged");
    assertThat(frames.subList(good + 1, frames.size()))
        .extracting(Taken::number)
        .containsExactly(0, 1, 2);
  }

  @ParameterizedTest
  @CsvSource({"cut.mp4, 0", "cut.mkv, 5", "cut.avi, 5", "cut.ts, 5", "cut.flv, 5"})
  void shouldAnswerWhenAFileIsCutShort(String name, int least) throws IOException {
    Path whole =
        new Clip()
            .codec(name.endsWith("flv") ? "flv" : "mpeg4", avutil.AV_PIX_FMT_YUV420P)
            .size(320, 240)
            .keyFrames(1)
            .frames(60)
            .write(folder.resolve("whole-" + name));

    List<Taken> frames = read(half(whole, folder.resolve(name)));

    List<Taken> good = frames.stream().filter(t -> t.error().isEmpty()).toList();
    assertThat(good).hasSizeGreaterThanOrEqualTo(least).hasSizeLessThan(60);
    assertThat(good).extracting(Taken::number).isEqualTo(upTo(good.size()));
    // Where a file's end is not told by its container there is no failure.
    assertThat(frames.size() - good.size()).isLessThanOrEqualTo(1);
    assertThat(frames).isNotEmpty();
  }

  @Test
  void shouldGoOnAfterADamagedStretch() throws IOException {
    Path file = new Clip().keyFrames(1).frames(60).write(folder.resolve("clip.mkv"));
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 600, (byte) 0);
    Files.write(file, bytes);

    List<Taken> frames = read(file);

    assertThat(frames).extracting(Taken::number).startsWith(0, 1, 2, 3, 4).endsWith(58, 59);
    assertThat(frames.stream().filter(t -> t.number() < 0)).hasSizeBetween(1, 4);
    assertThat(frames).extracting(Taken::index).isSorted().doesNotHaveDuplicates();
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        Arguments.of("empty.mp4", "INVALID_ARG", "is empty"),
        Arguments.of("text.mp4", "INVALID_ARG", "is not a picture"),
        Arguments.of("playlist.mp4", "INVALID_ARG", "is not a picture"),
        Arguments.of("noise.mp4", "INVALID_ARG", "is no video that can be read"),
        Arguments.of("sound.mkv", "INVALID_ARG", "holds no video"),
        Arguments.of("none.mp4", "INVALID_ARG", "holds no"),
        Arguments.of("missing.mp4", "FILE_NOT_FOUND", "no such file"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void shouldSayWhatIsWrongWithAFile(String name, String status, String reason) throws IOException {
    Files.write(folder.resolve("empty.mp4"), new byte[0]);
    Files.writeString(folder.resolve("text.mp4"), "This is only text, not a video.");
    Files.writeString(folder.resolve("playlist.mp4"), "#EXTM3U\n#EXTINF:9,\nsecret.ts\n");
    byte[] noise = new byte[5000];
    new Random(7).nextBytes(noise);
    System.arraycopy("\0\0\0\30ftypmp42".getBytes(StandardCharsets.ISO_8859_1), 0, noise, 0, 12);
    Files.write(folder.resolve("noise.mp4"), noise);
    new Clip().audio().write(folder.resolve("sound.mkv"));
    new Clip().frames(0).write(folder.resolve("none.mp4"));

    List<Taken> frames = read(folder.resolve(name));

    assertThat(frames).hasSize(1);
    assertThat(frames.get(0).error())
        .startsWith(status + " " + folder.resolve(name) + ": ")
        .contains(reason);
  }

  @Test
  void shouldBelieveTheContentNotTheName() throws IOException {
    Path video = new Clip().frames(2).write(folder.resolve("a.mp4"));
    Path photo = folder.resolve("b.png");
    try (Image image = Image.allocate(PixelFormat.BGR, 64, 48)) {
      ImageCodec.installed().write(image, photo);
    }
    Path asPhoto = Files.move(video, folder.resolve("video.jpg"));
    Path asVideo = Files.move(photo, folder.resolve("photo.mp4"));

    try (FrameSource source = Frames.open(asPhoto.toString(), folder + "/photo.*")) {
      assertThat(source.size()).hasValue(3);
      assertThat(source.frameRate()).hasValue(25);
      for (int i = 0; i < 2; i++) {
        source.next().orElseThrow().close();
      }
      try (var frame = source.next().orElseThrow()) {
        assertThat(frame.input()).isEqualTo(asVideo.toString());
        assertThat(frame.image().format()).isEqualTo(PixelFormat.BGR);
        assertThat(source.frameRate()).isEmpty();
      }
      assertThat(source.next()).isEmpty();
    }
  }

  @Test
  void shouldRefuseWhatIsTooLargeBeforeItIsDecoded() {
    Path file = new Clip().write(folder.resolve("clip.mp4"));
    SourceOptions small =
        new SourceOptions(new ImageCodec.Options(true, 64 * 48 - 1), SourceOptions.Pace.FAST, "");

    assertThat(read(small, file))
        .extracting(Taken::error)
        .containsExactly(
            "OUT_OF_RANGE " + file + ": width=64 height=48 is more than maxPixels=3071");
  }

  @Test
  void shouldPointToAGlobWhenAFolderHoldsVideosOnly() {
    new Clip().write(folder.resolve("clip.mp4"));

    assertThat(read(folder).get(0).error()).contains("by a glob such as *.mp4");
  }

  @Test
  void shouldDecodeByTheProcessorWhenThereIsNoSuchDevice() {
    Path file = new Clip().write(folder.resolve("clip.mp4"));

    assertThat(read(hardware("vaapi"), file)).extracting(Taken::number).isEqualTo(upTo(10));
    assertThat(read(hardware("magic"), file).get(0).error())
        .startsWith("NOT_SUPPORTED hardware=magic: unknown; this build of FFmpeg knows ")
        .contains("vaapi");
  }

  private static SourceOptions hardware(String name) {
    return new SourceOptions(ImageCodec.Options.DEFAULT, SourceOptions.Pace.FAST, name);
  }
}
