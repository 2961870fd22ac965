package dev.avocet.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Status;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSink;
import dev.avocet.media.FrameSinks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Videos as written, told by decoding them with FFmpeg. */
class VideoSinkTest {
  @TempDir Path folder;

  private static FrameSink open(Path file) {
    return FrameSinks.open(file.toString(), OptionalLong.empty(), 30);
  }

  private static void write(FrameSink sink, String input, int index, double millis, Image image) {
    try (Frame frame = TestFrames.of(input, index, millis, image)) {
      sink.write(frame, image);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "m4v", "mov", "mkv", "MP4"})
  void shouldKeepCountOrderSizeAndTimes(String ending) throws IOException {
    Path file = folder.resolve("a film: 1." + ending);
    try (FrameSink sink = open(file)) {
      for (int i = 0; i < 60; i++) {
        // As a camera that pauses for a second, with frames left out.
        double millis = i * 1000 / 30.0 + (i < 20 ? 0 : 1000);
        write(sink, "rtsp://door", 2 * i, millis, TestFrames.numbered(i, 160, 90));
      }
      assertThat(file).doesNotExist();
      sink.finish();
    }
    assertThat(folder.toFile().list()).containsExactly(file.getFileName().toString());
    DecodedVideo video = DecodedVideo.of(file);
    assertThat(video.codec()).isEqualTo("h264");
    assertThat(video.seconds()).isCloseTo(3, within(0.05));
    assertThat(video.frames().stream().map(TestFrames::number).toList())
        .isEqualTo(IntStream.range(0, 60).boxed().toList());
    for (int i = 0; i < 60; i++) {
      DecodedVideo.Shot shot = video.frames().get(i);
      assertThat(shot.millis())
          .isCloseTo(i * 1000 / 30.0 + (i < 20 ? 0 : 1000), within(ending.equals("mkv") ? 1 : .02));
      assertThat(List.of(shot.width(), shot.height())).containsExactly(160, 90);
    }
    if (!ending.equals("mkv")) {
      String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
      assertThat(bytes.indexOf("moov")).isBetween(0, bytes.indexOf("mdat"));
    }
  }

  @Test
  void shouldPlayPicturesAndInputsOneAfterTheOther() {
    Path file = folder.resolve("all.mp4");
    try (FrameSink sink = FrameSinks.open(file.toString(), OptionalLong.of(7), 25)) {
      for (int i = 0; i < 2; i++) {
        try (Image image = TestFrames.numbered(i, 64, 64);
            Frame picture = Frame.of("picture.jpg", 0, image)) {
          sink.write(picture, image);
        }
      }
      // A stream is met in the middle, twice; its second frame is later than a frame's duration.
      for (int i = 2; i < 6; i += 2) {
        write(sink, "clip.mp4", 7, 700, TestFrames.numbered(i, 64, 64));
        write(sink, "clip.mp4", 8, 800, TestFrames.numbered(i + 1, 64, 64));
      }
      // A clock that stands still.
      write(sink, "clip.mp4", 9, 800, TestFrames.numbered(6, 64, 64));
      sink.finish();
    }
    DecodedVideo video = DecodedVideo.of(file);
    assertThat(video.frames().stream().map(TestFrames::number).toList())
        .containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(video.frames().stream().map(s -> Math.round(s.millis())).toList())
        .containsExactly(0L, 40L, 80L, 180L, 220L, 320L, 321L);
  }

  @ParameterizedTest
  @CsvSource({
    "65,49,64,48,h264",
    "64,49,64,48,h264",
    "1,1,16,16,h264",
    "17,300,16,300,h264",
    "4200,4100,4200,4100,mpeg4"
  })
  void shouldMakeTheSizeOneThatEncodersTake(int w, int h, int width, int height, String codec) {
    Path file = folder.resolve("odd.mp4");
    try (FrameSink sink = open(file)) {
      write(sink, "x", 0, 0, TestFrames.plain(0xffffff, w, h));
      sink.finish();
    }
    DecodedVideo video = DecodedVideo.of(file);
    assertThat(video.codec()).isEqualTo(codec);
    DecodedVideo.Shot shot = video.frames().get(0);
    assertThat(List.of(shot.width(), shot.height())).containsExactly(width, height);
    assertThat(shot.yuv(width - 1, height - 1)[0]).isBetween(225, 240);
  }

  @Test
  void shouldLetterboxPicturesOfOtherSizes() {
    Path file = folder.resolve("sizes.mp4");
    int[][] sizes = {{128, 96}, {200, 50}, {33, 101}, {129, 97}, {128, 96}};
    try (FrameSink sink = open(file)) {
      for (int i = 0; i < sizes.length; i++) {
        write(sink, "x", i, 40 * i, TestFrames.plain(0xffffff, sizes[i][0], sizes[i][1]));
      }
      sink.finish();
    }
    List<DecodedVideo.Shot> frames = DecodedVideo.of(file).frames();
    assertThat(frames).hasSize(sizes.length);
    for (DecodedVideo.Shot shot : frames) {
      assertThat(List.of(shot.width(), shot.height())).containsExactly(128, 96);
      assertThat(shot.yuv(64, 48)[0]).isBetween(225, 240);
    }
    // 200 x 50 takes the rows 32 to 63, 33 x 101 about the columns 48 to 79.
    for (int x = 0; x < 128; x += 5) {
      assertThat(frames.get(1).yuv(x, 26)).as("x=" + x).satisfies(VideoSinkTest::isBlack);
      assertThat(frames.get(1).yuv(x, 70)).as("x=" + x).satisfies(VideoSinkTest::isBlack);
      assertThat(frames.get(3).yuv(x, 2)[0]).as("x=" + x).isBetween(225, 240);
    }
    for (int y = 0; y < 96; y += 5) {
      assertThat(frames.get(2).yuv(42, y)).as("y=" + y).satisfies(VideoSinkTest::isBlack);
      assertThat(frames.get(2).yuv(86, y)).as("y=" + y).satisfies(VideoSinkTest::isBlack);
      assertThat(frames.get(4).yuv(2, y)[0]).as("y=" + y).isBetween(225, 240);
    }
  }

  private static void isBlack(int[] yuv) {
    assertThat(yuv[0]).isBetween(12, 22);
    assertThat(yuv[1]).isBetween(124, 132);
    assertThat(yuv[2]).isBetween(124, 132);
  }

  @Test
  void shouldLeaveNothingUnlessFinished() throws IOException {
    Path file = Files.writeString(folder.resolve("old.mp4"), "the old one");
    try (FrameSink sink = open(file)) {
      write(sink, "x", 0, 0, TestFrames.plain(0x808080, 64, 64));
    }
    try (FrameSink sink = open(file)) {
      sink.finish();
    }
    assertThat(folder.toFile().list()).containsExactly("old.mp4");
    assertThat(file).hasContent("the old one");
    try (FrameSink sink = open(file)) {
      write(sink, "x", 0, 0, TestFrames.plain(0x808080, 64, 64));
      sink.finish();
      assertThatThrownBy(sink::finish)
          .isInstanceOfSatisfying(
              AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.CLOSED));
    }
    assertThat(DecodedVideo.of(file).frames()).hasSize(1);
  }

  @Test
  void shouldRefuseToReplaceItsInput() throws IOException {
    Path file = Files.writeString(folder.resolve("clip.mp4"), "input");
    Files.createSymbolicLink(folder.resolve("link.mp4"), file);
    try (FrameSink sink = open(file)) {
      assertThatThrownBy(
              () -> write(sink, folder + "/link.mp4", 0, 0, TestFrames.plain(0x808080, 64, 64)))
          .hasMessageContainingAll("clip.mp4 would overwrite the input", "link.mp4")
          .isInstanceOfSatisfying(
              AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARG));
    }
    assertThat(file).hasContent("input");
    assertThat(folder.resolve("clip.mp4.part")).doesNotExist();
  }

  @Test
  void shouldSayWhyAPlaceCannotBeWritten() {
    // Root, who may write everywhere else, may make no file there either.
    assertThatThrownBy(() -> open(Path.of("/sys/out.mp4")))
        .hasMessageContainingAll("/sys/out.mp4: cannot be written", "in a folder that may be");
    assertThatThrownBy(() -> open(Path.of("/proc/avocet/out.mp4")))
        .hasMessageContaining("/proc/avocet cannot be created");
    assertThatThrownBy(() -> open(folder.resolve("out.avi")))
        .hasMessageContainingAll("out.avi", ".avi are not written; use .mp4, .mov or .mkv");
    assertThatThrownBy(() -> FrameSinks.open(folder + "/x.mp4", OptionalLong.empty(), Double.NaN))
        .hasMessage("frameRate=NaN: expected 0.001 to 1000 frames a second");
  }

  @Test
  void shouldReportAFullDiskAndLeaveNothing() throws IOException {
    Path file = folder.resolve("out.mp4");
    // What is written to this device meets a full disk.
    Files.createSymbolicLink(folder.resolve("out.mp4.part"), Path.of("/dev/full"));
    FrameSink sink = open(file);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 200; i++) {
                write(sink, "x", i, 40 * i, TestFrames.numbered(i, 320, 240));
              }
              sink.finish();
            })
        .hasMessage(
            file
                + ": cannot be written: No space left on device; free space there or name a file on"
                + " another disk")
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.FAIL));
    assertThat(folder.toFile().list()).isEmpty();
    assertThatThrownBy(sink::finish).hasMessageContaining("out.mp4: is finished, closed or failed");
    sink.close();
  }

  @Test
  void shouldHoldNoNativeMemoryAfterwards() {
    long before = 0;
    for (int run = 0; run < 3; run++) {
      try (FrameSink sink = open(folder.resolve("run.mp4"));
          Image image = TestFrames.numbered(5, 128, 128)) {
        for (int i = 0; i < 20; i++) {
          try (Frame frame = Frame.of("x", i, 40.0 * i, image, () -> {})) {
            sink.write(frame, image);
          }
        }
        sink.finish();
      }
      // The first run loads what stays.
      before = run == 0 ? Pointer.totalBytes() : before;
    }
    assertThat(Pointer.totalBytes()).isEqualTo(before);
  }
}
