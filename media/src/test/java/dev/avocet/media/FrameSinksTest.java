package dev.avocet.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs of pictures; those of videos are tested where they are written. */
class FrameSinksTest {
  private static final OptionalLong MANY = OptionalLong.empty();

  @TempDir Path folder;

  private static FrameSink open(Object output, OptionalLong frames) {
    return FrameSinks.open(output.toString(), frames, FrameSinks.DEFAULT_FRAME_RATE);
  }

  private static Path picture(FrameSink sink, String input) {
    try (Image image = Pictures.quarters(8, 6);
        Frame frame = Frame.of(input, 0, image)) {
      return sink.write(frame, image);
    }
  }

  private static Path ofVideo(FrameSink sink, String input, long index) {
    try (Image image = Pictures.quarters(8, 6);
        Frame frame = Frame.of(input, index, 40.0 * index, image, () -> {})) {
      return sink.write(frame, image);
    }
  }

  @Test
  void shouldNamePicturesAfterTheirInputs() {
    Path out = folder.resolve("made/here");
    try (FrameSink sink = open(out, MANY)) {
      assertThat(picture(sink, "a/door.JPG")).isEqualTo(out.resolve("door.JPG")).exists();
      assertThat(picture(sink, "b/door.JPG")).isEqualTo(out.resolve("door-2.JPG")).exists();
      assertThat(picture(sink, "door.gif")).isEqualTo(out.resolve("door.png")).exists();
      assertThat(picture(sink, "door")).isEqualTo(out.resolve("door-2.png")).exists();
      sink.finish();
    }
    assertThat(out.toFile().list()).hasSize(4);
  }

  @Test
  void shouldNumberTheFramesOfVideos() {
    Path out = folder.resolve("v1.5");
    try (FrameSink sink = open(out + "/", MANY)) {
      String[][] names = {
        {"a/my clip.mp4", "my clip"},
        {"b/my clip.mov", "my clip-2"},
        {"rtsp://me:p@ss@host:554/door?channel=1", "door"},
        {"rtsp://me:secret@camera", "camera"},
        {"camera:0", "camera-0"},
        {"v4l2:///dev/video0", "video0"},
        {"http://host/live/stream.mjpg", "stream"},
        {"test://", "test"},
      };
      for (String[] name : names) {
        assertThat(ofVideo(sink, name[0], 12)).isEqualTo(out.resolve(name[1] + "-000012.png"));
        assertThat(ofVideo(sink, name[0], 1234567))
            .isEqualTo(out.resolve(name[1] + "-1234567.png"))
            .exists();
      }
    }
  }

  @Test
  void shouldTakeAFileForOnePictureOnly() {
    Path file = folder.resolve("deep/one.png");
    try (FrameSink sink = open(file, OptionalLong.of(1))) {
      assertThat(ofVideo(sink, "camera:0", 3)).isEqualTo(file).exists();
      assertThatThrownBy(() -> ofVideo(sink, "camera:0", 4))
          .hasMessageContainingAll("one.png", "camera:0", "name a folder");
    }
    assertRefused(file, OptionalLong.of(2), "one.png names a file, and there are 2 pictures");
    assertRefused(file, MANY, "one.png names a file, and there are many frames: name a folder, or");
    assertThat(folder.resolve("none")).doesNotExist();
    assertRefused(folder.resolve("none/one.png"), MANY, "many frames");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  private static void assertRefused(Path file, OptionalLong frames, String words) {
    assertThatThrownBy(() -> open(file, frames))
        .hasMessageContaining(words)
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARG));
  }

  @Test
  void shouldLeaveTheInputAlone() throws IOException {
    Path input = Files.writeString(folder.resolve("in.png"), "x");
    try (FrameSink sink = open(folder, MANY)) {
      assertThatThrownBy(() -> picture(sink, input.toString()))
          .hasMessageContaining("in.png would overwrite the input");
    }
    assertThat(input).hasContent("x");
  }

  @Test
  void shouldSayThatNothingWritesVideosHere() {
    assertThatThrownBy(() -> open(folder.resolve("out.mp4"), MANY))
        .hasMessageContainingAll("out.mp4", "add the module avocet-media-ffmpeg")
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED));
    // A folder may be called anything.
    assertThat(folder.resolve("frames.mp4").toFile().mkdir()).isTrue();
    try (FrameSink sink = open(folder.resolve("frames.mp4"), MANY)) {
      assertThat(ofVideo(sink, "clip.mp4", 0)).exists();
    }
  }

  @Test
  void shouldSayThatAFolderCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> open(file + "/below/out.png", OptionalLong.of(1)))
        .hasMessageContainingAll("below cannot be created", "name another")
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.FAIL));
  }
}
