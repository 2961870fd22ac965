package dev.avocet.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without FFmpeg on the class path. */
class VideoFilesTest {
  private static final byte[] MP4 =
      "\0\0\0\30ftypisom\0\0\2\0isomiso2".getBytes(StandardCharsets.ISO_8859_1);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\0\0 ftypisom",
        "\0\0\0\bwide",
        "\u001aE\u00df\u00a3\u0001",
        "RIFF1234AVI LIST",
        "\0\0\u0001\u00ba",
        "\0\0\0\u0001g",
        "FLV\u0001",
        "OggS",
        "DKIF",
        "YUV4MPEG2 W4"
      })
  void shouldKnowVideosByTheirFirstBytes(String first) {
    assertThat(VideoFiles.isVideo(first)).isTrue();
    assertThat(VideoFiles.isVideo(first.substring(0, 2))).isFalse();
  }

  @Test
  void shouldKnowTransportStreamsByTheirPackets() {
    String packet = "G" + "x".repeat(187);
    assertThat(VideoFiles.isVideo(packet + "G")).isTrue();
    assertThat(VideoFiles.isVideo(packet)).isFalse();
    assertThat(VideoFiles.isVideo("1234G" + "x".repeat(191) + "G")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GIF89a",
        "\u0089PNG\r\n\u001a\n",
        "\u00ff\u00d8\u00ff",
        "BM",
        "RIFF1234WEBP",
        "P6 1 1",
        "\0\0\u0001\0",
        "#EXTM3U",
        "ffconcat version 1.0",
        "Good day"
      })
  void shouldLeaveTheRest(String first) {
    assertThat(VideoFiles.isVideo(first)).isFalse();
  }

  @Test
  void shouldNameTheArtifactThatReadsVideos() throws IOException {
    Path clip = Files.write(folder.resolve("clip.jpg"), MP4);
    Path photo = Files.write(folder.resolve("photo.mp4"), Pictures.encoded(".png", 8, 4));
    try (FrameSource source =
        Frames.open(
            clip.toString(),
            "rtsp://user:secret@host/door",
            "camera:0",
            "gopher://x/?password=abc&x=1",
            photo.toString())) {
      List<String> starts =
          List.of(
              clip + ": is a video; add dev.avocet:avocet-media-ffmpeg",
              "rtsp://***@host/door: nothing on the class path opens this; camera:0, v4l2://,"
                  + " rtsp:// and http:// need dev.avocet:avocet-media-ffmpeg",
              "camera:0: nothing on the class path",
              "gopher://x/?password=***&x=1: nothing on the class path");
      assertThat(source.size()).isEmpty();
      for (String start : starts) {
        try (Frame frame = source.next().orElseThrow()) {
          assertThat(frame.error().orElseThrow())
              .hasMessageStartingWith(start)
              .hasFieldOrPropertyWithValue("status", dev.avocet.core.Status.NOT_SUPPORTED);
          assertThat(frame.input()).isEqualTo(start.substring(0, start.indexOf(": ")));
        }
      }
      try (Frame frame = source.next().orElseThrow()) {
        assertThat(frame.image()).hasToString("8x4 BGR");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://secret:secret@h/a",
        "rtsp://secret@h:554/a?b=c",
        "http://a:secret@secret@h/",
        "http://h/x?user=secret&pwd=secret",
        "http://h/x?a=1&Token=secret#f",
        "two: http://u:secret@h/ and rtsp://u:secret@h/"
      })
  void shouldCallAddressesByNamesWithoutPasswords(String input) {
    assertThat(Frames.nameOf(input)).doesNotContain("secret").contains("***");
    assertThat(Frames.nameOf("folder/a@b.mp4")).isEqualTo("folder/a@b.mp4");
  }
}
