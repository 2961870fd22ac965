package dev.avocet.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.ImageCodec;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesTest {
  @TempDir Path folder;

  @BeforeEach
  void fill() throws IOException {
    byte[] png = Pictures.encoded(".png", 8, 4);
    Files.createDirectories(folder.resolve("s/t"));
    Files.createDirectories(folder.resolve(".h"));
    for (String name : List.of("b.png", "a.PNG", "c[1].png", ".x.png", "s/d.png", "s/t/e.png")) {
      Files.write(folder.resolve(name), png);
    }
    Files.write(folder.resolve(".h/f.png"), png);
    Files.writeString(folder.resolve("notes.txt"), "no picture");
  }

  /** Each frame as its input and what came of it. */
  private List<String> frames(String... inputs) {
    List<String> found = new ArrayList<>();
    try (FrameSource source = Frames.open(inputs)) {
      long size = source.size().orElseThrow();
      for (Optional<Frame> next = source.next(); next.isPresent(); next = source.next()) {
        try (Frame frame = next.get()) {
          assertThat(frame.index()).isZero();
          String outcome =
              frame.error().map(e -> " " + e.status()).orElseGet(() -> " " + frame.image());
          found.add((frame.input() + outcome).replace(folder + "/", ""));
        }
      }
      assertThat(found).hasSize((int) size);
      assertThat(source.next()).isEmpty();
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.png             | b.png c[1].png",
        "*.{png,PNG}       | a.PNG b.png c[1].png",
        "?.png             | b.png",
        "[a-b].*           | a.PNG b.png",
        "**/*.png          | b.png c[1].png s/d.png s/t/e.png",
        "s/**/*.png        | s/d.png s/t/e.png",
        "*/*.png           | s/d.png",
        "s/*/e.png         | s/t/e.png",
        ".*.png            | .x.png",
        "c[1].png          | c[1].png",
      })
  void shouldMatchAsShellsDoWhenTheInputIsAGlob(String glob, String names) {
    assertThat(frames(folder + "/" + glob))
        .containsExactly(
            names
                .strip()
                .lines()
                .flatMap(l -> List.of(l.split(" ")).stream())
                .map(n -> n + " 8x4 BGR")
                .toArray(String[]::new));
  }

  @Test
  void shouldTakeThePicturesOfAFolderByNameWithoutThoseBelow() {
    assertThat(frames(folder.toString()))
        .containsExactly("a.PNG 8x4 BGR", "b.png 8x4 BGR", "c[1].png 8x4 BGR");
  }

  @Test
  void shouldMatchRelativeGlobs() throws IOException {
    Path here = Files.createTempDirectory(Path.of("target"), "frames");
    Files.copy(folder.resolve("b.png"), here.resolve("b.png"));

    try (FrameSource source = Frames.open(here + "/*.png");
        Frame frame = source.next().orElseThrow()) {
      assertThat(frame.input()).isEqualTo(here + "/b.png");
    }
  }

  @Test
  void shouldGoOnWhenAnInputIsBad() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertThat(
            frames(
                folder + "/missing.png",
                folder + "/*.gif",
                folder + "/nowhere/*.gif",
                folder + "/notes.txt",
                empty.toString(),
                folder + "/[.png",
                "\0",
                folder + "/b.png"))
        .containsExactly(
            "missing.png FILE_NOT_FOUND",
            "*.gif FILE_NOT_FOUND",
            "nowhere/*.gif FILE_NOT_FOUND",
            "notes.txt INVALID_ARG",
            "empty INVALID_ARG",
            "[.png INVALID_ARG",
            "\0 INVALID_ARG",
            "b.png 8x4 BGR");
  }

  @Test
  void shouldThrowTheReasonWhenTheImageOfAFailedFrameIsAsked() {
    try (FrameSource source = Frames.open(folder + "/*.gif");
        Frame frame = source.next().orElseThrow()) {
      assertThatThrownBy(frame::image)
          .isInstanceOf(AvocetException.class)
          .hasMessage(folder + "/*.gif: matches no file");
    }
  }

  @Test
  void shouldPassTheOptionsOn() {
    ImageCodec.Options pictures = new ImageCodec.Options(true, 31);
    SourceOptions options = new SourceOptions(pictures, SourceOptions.Pace.FAST, "");
    try (FrameSource source = Frames.open(options, List.of(folder + "/b.png"));
        Frame frame = source.next().orElseThrow()) {
      assertThat(frame.error().orElseThrow().status()).isEqualTo(Status.OUT_OF_RANGE);
    }
  }

  @Test
  void shouldRefuseWhenThereIsNoInput() {
    assertThatThrownBy(() -> Frames.open().close())
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining("name a picture, a folder or a glob");
  }
}
