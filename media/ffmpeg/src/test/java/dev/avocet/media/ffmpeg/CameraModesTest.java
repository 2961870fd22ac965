package dev.avocet.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.media.Frames;
import dev.avocet.media.InputAddress.Size;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Negotiation on lists as FFmpeg prints them; no camera is opened. */
class CameraModesTest {
  /** A USB camera of the kind that is most common. */
  private static final String WEBCAM =
      """
      [video4linux2,v4l2 @ 0x55f4e2a5f6c0] Raw       :     yuyv422 :           YUYV 4:2:2 : 640x480 160x90 160x120 320x240 1280x720 1920x1080
      [video4linux2,v4l2 @ 0x55f4e2a5f6c0] Compressed:        h264 :                H.264 : 640x480 1280x720 1920x1080
      [video4linux2,v4l2 @ 0x55f4e2a5f6c0] Compressed:       mjpeg :          Motion-JPEG : 640x480 160x90 1280x720 1920x1080
      """;

  /** A board's camera: any size between two. */
  private static final String BOARD =
      """
      [video4linux2,v4l2 @ 0x1c4f2d0] Raw       :     yuv420p :     Planar YUV 4:2:0 : {32-2592, 2}x{32-1944, 2}
      [video4linux2,v4l2 @ 0x1c4f2d0] Raw       :        nv12 :         Y/CbCr 4:2:0 : {32-2592, 2}x{32-1944, 2}
      [video4linux2,v4l2 @ 0x1c4f2d0] Compressed:       mjpeg :            JFIF JPEG : {32-2592, 2}x{32-1944, 2}
      [video4linux2,v4l2 @ 0x1c4f2d0] Compressed: Unsupported :               MPEG-2 : {32-2592, 2}x{32-1944, 2}
      """;

  private static List<String> candidates(String list, String format, String size) {
    Optional<Size> asked =
        Optional.ofNullable(size)
            .map(s -> s.split("x", 2))
            .map(s -> new Size(Integer.parseInt(s[0]), Integer.parseInt(s[1])));
    return CameraModes.parse(list)
        .candidates("camera:0", Optional.ofNullable(format), asked)
        .stream()
        .map(m -> m.format() + " " + CameraModes.text(m.size()))
        .toList();
  }

  @Test
  void shouldPreferUncompressedPicturesNear720p() {
    assertThat(candidates(WEBCAM, null, null))
        .containsExactly("yuyv422 1280x720", "mjpeg 1280x720", "h264 1280x720");
    assertThat(candidates(BOARD, null, null))
        .containsExactly("nv12 1280x720", "yuv420p 1280x720", "mjpeg 1280x720");
  }

  @Test
  void shouldTakeTheLargestBelow720pWhereThereIsNo720p() {
    assertThat(candidates("[x] Raw : gray : Grey : 320x240 640x480 1600x1200\n", null, null))
        .containsExactly("gray 640x480");
    assertThat(candidates("[x] Raw : gray : Grey : 3840x2160 1600x1200\n", null, null))
        .containsExactly("gray 1600x1200");
  }

  @Test
  void shouldGiveWhatIsAskedFor() {
    assertThat(candidates(WEBCAM, "mjpeg", "1920x1080")).containsExactly("mjpeg 1920x1080");
    assertThat(candidates(WEBCAM, null, "160x120")).containsExactly("yuyv422 160x120");
    assertThat(candidates(BOARD, "nv12", "1000x700")).containsExactly("nv12 1000x700");
  }

  @Test
  void shouldListTheOfferWhenNothingFits() {
    assertThatThrownBy(() -> candidates(WEBCAM, "nv12", null))
        .isInstanceOf(AvocetException.class)
        .hasMessageStartingWith(
            "camera:0: format=nv12 size=any: the driver offers yuyv422 640x480|160x90|");
    assertThatThrownBy(() -> candidates(BOARD, null, "4000x3000"))
        .hasMessageContaining("size=4000x3000")
        .hasMessageContaining("nv12 32x32-2592x1944");
    assertThatThrownBy(() -> candidates("", null, null))
        .hasMessageContaining("nothing that FFmpeg lists");
  }

  @Test
  void shouldTakeTheFirstThatIsFastEnoughElseTheFastest() {
    assertThat(CameraModes.choose(List.of(29.97), 3, 30)).hasValue(0);
    assertThat(CameraModes.choose(List.of(10.0), 3, 30)).isEmpty();
    assertThat(CameraModes.choose(List.of(10.0, 30.0), 3, 30)).hasValue(1);
    assertThat(CameraModes.choose(List.of(10.0, 15.0, 0.0), 3, 30)).hasValue(1);
    assertThat(CameraModes.choose(List.of(0.0), 1, 30)).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "camera:99                     | FILE_NOT_FOUND camera:99: no device /dev/video99",
        "v4l2:///dev/none?fps=30       | FILE_NOT_FOUND v4l2:///dev/none?fps=30: no device /dev/none",
        "v4l2:///dev/null              | NOT_SUPPORTED ",
        "camera:0x                     | INVALID_ARG camera:0x: expected camera:NUMBER",
        "v4l2://dev/video0             | INVALID_ARG v4l2://dev/video0: expected camera:NUMBER",
        "camera:0?size=big             | INVALID_ARG camera:0?size=big: size=big: expected WIDTHx",
        "camera:0?fps=0                | INVALID_ARG camera:0?fps=0: fps=0: expected a number above",
        "camera:0?speed=9              | INVALID_ARG camera:0?speed=9: \"speed=9\" is no option; there are format=, fps=, size=",
      })
  void shouldSayWhatIsWrongWithACamerasName(String input, String message) {
    try (var source = Frames.open(input)) {
      assertThat(source.size()).hasValue(1);
      try (var frame = source.next().orElseThrow()) {
        var error = frame.error().orElseThrow();
        assertThat(error.status() + " " + error.getMessage()).startsWith(message);
      }
    }
  }
}
