package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Videos in and out of the command, on the test pattern and on what was made of it. */
class VideoCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATTERN = "test://?size=320x240&frames=12";

  @TempDir Path folder;

  private static List<JsonNode> lines(List<String> lines) throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : lines) {
      nodes.add(JSON.readTree(line));
    }
    return nodes;
  }

  private static void assertFrames(
      List<JsonNode> lines, String input, int count, double tolerance) {
    assertThat(lines).hasSize(count);
    for (int i = 0; i < count; i++) {
      JsonNode line = lines.get(i);
      assertThat(line.fieldNames())
          .toIterable()
          .containsExactly("input", "frame", "t_ms", "width", "height", "detections");
      assertThat(line.path("input").asText()).isEqualTo(input);
      assertThat(line.path("frame").asInt()).isEqualTo(i);
      assertThat(line.path("t_ms").asDouble()).isCloseTo(40 * i, within(tolerance));
      assertThat(line.path("width").asInt()).isEqualTo(320);
      assertThat(line.path("height").asInt()).isEqualTo(240);
    }
  }

  @Test
  void shouldGiveEveryFrameItsLineAndItsTime() throws IOException {
    Cli.Result json = Cli.run("detect", "--json", PATTERN);
    assertThat(json.exitCode()).as(json.toString()).isZero();
    assertFrames(lines(json.outLines()), PATTERN, 12, 0);
    assertThat(json.err()).matches("avocet: 12 frames in .* frames/s, 0 dropped\n");
    Cli.Result text = Cli.run("detect", "--frames", "2", PATTERN);
    assertThat(text.err()).isEmpty();
    assertThat(text.outLines())
        .satisfiesExactly(
            l -> assertThat(l).startsWith(PATTERN + "  frame 0  0.000 s  "),
            l -> assertThat(l).startsWith(PATTERN + "  frame 1  0.040 s  "),
            l -> assertThat(l).matches("2 frames in .* frames/s, 0 dropped"));
  }

  @Test
  void shouldReadTheVideoThatItDrew() throws IOException {
    for (String ending : List.of("mp4", "mkv")) {
      String out = folder.resolve("out." + ending).toString();
      Cli.Result drawn = Cli.run("detect", PATTERN, "-o", out);
      assertThat(drawn.exitCode()).as(drawn.toString()).isZero();
      assertThat(drawn.out()).matches("12 frames in .* 0 dropped; drawn into " + out + "\n");
      Cli.Result read = Cli.run("detect", "--json", out);
      assertFrames(lines(read.outLines()), out, 12, 0.5);
      Cli.run("detect", out, "-o", out).assertFailed(2, "would overwrite the input");
      assertThat(Cli.run("detect", "--json", "--frames", "1", out).exitCode()).isZero();
    }
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("out.mp4", "out.mkv");
  }

  @Test
  void shouldDrawFramesIntoNumberedPictures() {
    Path out = folder.resolve("frames");
    Cli.Result result = Cli.run("detect", PATTERN, "--frames", "2", "-o", out.toString());
    assertThat(result.out()).endsWith("0 dropped; drawn into " + out + "\n");
    assertThat(out.toFile().list()).containsExactlyInAnyOrder("test-000000.png", "test-000001.png");
    Cli.run("detect", "test://", "-o", folder + "/one.png")
        .assertFailed(2, "one.png names a file, and there are many frames");
  }

  @Test
  void shouldTimeAModelOnTheFirstFrame() throws IOException {
    Cli.Result bench =
        Cli.run("bench", Cli.parcels().toString(), PATTERN, "--seconds", "0.2", "--json");
    assertThat(bench.exitCode()).as(bench.toString()).isZero();
    assertThat(JSON.readTree(bench.out()).path("width").asInt()).isEqualTo(320);
    Cli.run("bench", Cli.parcels().toString(), "test://?pace=9").assertFailed(4, "is no option");
  }

  @Test
  void shouldEndALiveRunWithAWholeVideoOfWhatItSaw() throws IOException, InterruptedException {
    Path out = folder.resolve("live.mp4");
    Path lines = folder.resolve("lines");
    Process process =
        new ProcessBuilder(
                Cli.command(
                    List.of(),
                    "detect",
                    "--json",
                    "--pace",
                    "real",
                    "test://?size=320x240",
                    "-o",
                    out.toString()))
            .redirectOutput(lines.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    try {
      while (process.isAlive() && Files.readAllLines(lines).size() < 5) {
        Thread.sleep(50);
      }
      // SIGTERM: how a service is stopped.
      process.destroy();
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(Files.readString(folder.resolve("errors")))
        .matches("avocet: \\d+ frames in .*; drawn into " + out + "\n");
    List<JsonNode> seen = lines(Files.readAllLines(lines));
    List<JsonNode> drawn = lines(Cli.run("detect", "--json", out.toString()).outLines());
    assertThat(drawn).hasSameSizeAs(seen);
    double first = seen.get(0).path("t_ms").asDouble();
    for (int i = 0; i < drawn.size(); i++) {
      // Dropped frames leave a gap.
      assertThat(drawn.get(i).path("t_ms").asDouble())
          .isCloseTo(seen.get(i).path("t_ms").asDouble() - first, within(0.5));
    }
  }
}
