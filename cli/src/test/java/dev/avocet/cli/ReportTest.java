package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.Box;
import dev.avocet.Detection;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSink;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is said about frames of videos; about pictures see {@link DetectCommandTest}. */
@Tag("engineless")
class ReportTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console =
      new Console(
          new PrintStream(out, true, StandardCharsets.UTF_8),
          new PrintStream(err, true, StandardCharsets.UTF_8),
          false);

  /** Keeps the numbers of the frames that it is given. */
  private static final class Numbers implements FrameSink {
    final List<Long> written = new ArrayList<>();

    @Override
    public Path write(Frame frame, Image picture) {
      if (frame.index() > 99) {
        throw AvocetException.invalidArgument("out.mp4: not that one");
      }
      assertThat(picture.format()).isEqualTo(PixelFormat.BGR);
      written.add(frame.index());
      return Path.of("out.mp4");
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}
  }

  private Report report(boolean json, FrameSink sink) {
    Progress progress = new Progress(console, false, OptionalLong.empty());
    return new Report(console, json, Optional.ofNullable(sink), progress);
  }

  private static Frame frame(long index, double millis) {
    Image image = Image.allocate(PixelFormat.BGR, 64, 48);
    return Frame.of("clip.mp4", index, millis, image, image::close);
  }

  private static Detection detection(int classId, String label) {
    return new Detection(classId, Optional.ofNullable(label), 0.5f, new Box(1, 2, 30, 40));
  }

  private static FrameAnswer found(Detection... found) {
    return new DetectCommand.Found(List.of(found));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shouldCountTheClassesOfAFrameOnOneLine() {
    Report report = report(false, null);
    try (Frame frame = frame(12, 480.04)) {
      report.answered(
          frame, found(detection(0, "person"), detection(2, null), detection(0, "person")));
    }
    try (Frame frame = frame(13, 520)) {
      report.answered(frame, found());
    }
    report.summary(3, null);
    assertThat(out().lines())
        .satisfiesExactly(
            l -> assertThat(l).isEqualTo("clip.mp4  frame 12  0.480 s  2 person, 1 class 2"),
            l -> assertThat(l).isEqualTo("clip.mp4  frame 13  0.520 s  nothing found"),
            l -> assertThat(l).matches("2 frames in \\d+\\.\\d s: \\d+\\.\\d frames/s, 3 dropped"));
  }

  @Test
  void shouldSayOneLineInAllWhenAVideoIsDrawn() {
    Numbers sink = new Numbers();
    Report report = report(false, sink);
    for (int i = 0; i < 3; i++) {
      try (Frame frame = frame(i, 40 * i)) {
        report.answered(frame, found(detection(0, "person")));
      }
    }
    report.summary(0, "out.mp4");
    assertThat(sink.written).containsExactly(0L, 1L, 2L);
    assertThat(out()).matches("3 frames in .* frames/s, 0 dropped; drawn into out.mp4\n");
    try (Frame frame = frame(100, 4000)) {
      assertThatThrownBy(() -> report.answered(frame, found()))
          .isInstanceOfSatisfying(CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(2))
          .hasMessage("out.mp4: not that one");
    }
  }

  @Test
  void shouldGiveTheTimeInJsonAndTheSummaryBesideIt() {
    Report report = report(true, null);
    try (Frame frame = frame(2, 200 / 3.0)) {
      report.answered(frame, found());
    }
    try (Frame frame =
        Frame.failed("clip.mp4", 3, AvocetException.invalidArgument("clip.mp4: is cut short"))) {
      report.failed(frame, frame.error().orElseThrow());
    }
    report.summary(0, null);
    assertThat(out().lines())
        .containsExactly(
            "{\"input\":\"clip.mp4\",\"frame\":2,\"t_ms\":66.667,\"width\":64,\"height\":48,"
                + "\"detections\":[]}",
            "{\"input\":\"clip.mp4\",\"frame\":3,\"error\":{\"status\":\"INVALID_ARG\","
                + "\"message\":\"clip.mp4: is cut short\"}}");
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("avocet: 1 frame in ");
  }
}
