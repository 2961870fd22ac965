package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avocet.testing.RecordedBoard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code devices --watch} and {@code bench --watch}, on recorded boards. */
@Tag("onnxruntime") // nothing here is about an engine
class WatchTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  /** A process of its own, since a process knows one board. */
  private List<String> on(String board, String... args) {
    RecordedBoard.unpack(board, folder.resolve(board));
    return Cli.command(List.of("-Davocet.board.root=" + folder.resolve(board)), args);
  }

  private Cli.Result run(String board, String... args) throws Exception {
    return Cli.start(folder, on(board, args), Map.of());
  }

  @Test
  void shouldSayHowTheBoardIs() throws Exception {
    Cli.Result text = run("thor", "devices", "--watch", "--interval", "0.1", "--count", "2");
    assertThat(text.exitCode()).as(text.toString()).isZero();
    assertThat(text.outLines()).hasSize(3);
    assertThat(text.outLines().get(0))
        .isEqualTo(
            "NVIDIA Jetson AGX Thor Developer Kit, p3834-0008, tegra264, JetPack 7.1 (L4T 38.4.0),"
                + " 122.8 GiB");
    assertThat(text.outLines().get(2))
        .matches(
            "\\d\\d:\\d\\d:\\d\\d  120W  28\\.91 W \\(VDD_GPU -0\\.40, VDD_CPU_SOC_MSS 6\\.50,"
                + " VIN_SYS_5V0 6\\.50\\)  soc012 55\\.1 °C  gpu 1574 MHz  cpu 2601 MHz"
                + "  emc 4266 MHz  fan 23 % 1786 rpm"
                + "  THROTTLED: gpu-throttle-alert: the kernel makes it slower");
    assertThat(text.err().lines()).hasSize(1);
    assertThat(text.err()).contains("WARN", "the board holds itself back: gpu-throttle-alert");
  }

  @Test
  void shouldSayItAsJson() throws Exception {
    Cli.Result json =
        run("orin-nano-super", "devices", "--watch", "--json", "--interval", "0.1", "--count", "2");
    assertThat(json.exitCode()).as(json.toString()).isZero();
    assertThat(json.outLines()).hasSize(2);
    JsonNode line = JSON.readTree(json.outLines().get(1));
    JsonPage.assertForm("watch", line);
    assertThat(line.path("mean_watts").asDouble()).isCloseTo(7.5, within(1e-4));
    assertThat(line.path("t_s").asDouble()).isBetween(0.2, 5.0);
    assertThat(line.path("calls_per_s").isNull()).isTrue();

    JsonNode devices = JSON.readTree(run("orin-nano-super", "devices", "--json").out());
    JsonPage.assertForm("devices", devices);
    assertThat(devices.path("board").path("module").asText()).isEqualTo("p3767-0005");
  }

  @Test
  void shouldSayWhatAModelsCallsCost() throws Exception {
    Cli.Result json =
        run("orin-nano-super", "bench", "--watch", "--json", "--interval", "0.5", "--count", "3");
    assertThat(json.exitCode()).as(json.toString()).isZero();
    JsonNode line = JSON.readTree(json.outLines().get(2));
    JsonPage.assertForm("watch", line);
    assertThat(line.path("calls_per_s").asDouble()).isPositive();
    assertThat(line.path("calls_per_joule").asDouble())
        .isCloseTo(line.path("calls_per_s").asDouble() / 7.5, within(0.01));

    Cli.Result bench = run("orin-nano-super", "bench", "--seconds", "0.5");
    assertThat(bench.out()).containsPattern("\n  7\\.50 W meanwhile: [0-9.]+ calls a joule\n");
  }

  @Test
  void shouldEndInOrderWithTheSignalsCode() throws Exception {
    Process watch =
        new ProcessBuilder(on("thor", "devices", "--watch", "--interval", "0.1")).start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(watch.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).contains("Thor");
      assertThat(out.readLine()).contains("28.91 W");
      assertThat(new ProcessBuilder("kill", "-INT", Long.toString(watch.pid())).start().waitFor())
          .isZero();
      assertThat(watch.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(watch.exitValue()).isEqualTo(Interruption.EXIT_CODE);
    } finally {
      watch.destroyForcibly();
    }
  }

  @Test
  void shouldFollowLinesOfTegrastats() throws IOException {
    String lines = RecordedBoard.boards().resolve("tegrastats.txt").toString();
    Cli.Result json = Cli.run("devices", "--watch", "--json", "--tegrastats", lines);
    assertThat(json.exitCode()).as(json.toString()).isZero();
    assertThat(json.outLines()).hasSize(5);
    JsonPage.assertForm("watch", JSON.readTree(json.outLines().get(2)));
    assertThat(JSON.readTree(json.outLines().get(2)).path("watts").asDouble()).isEqualTo(7.5);
    Cli.Result text = Cli.run("devices", "--watch", "--count", "1", "--tegrastats", lines);
    assertThat(text.out()).contains("7.63 W (GPU 0.46, CPU 0.62, SOC 2.94").contains("gpu 0 %");
    Cli.run("devices", "--watch", "--tegrastats", Cli.root().resolve("LICENSE").toString())
        .assertFailed(4, "there is no line of tegrastats in it");
    Cli.run("devices", "--watch", "--tegrastats", folder.resolve("none").toString())
        .assertFailed(4, "cannot be read");
  }

  @Test
  void shouldRefuseOptionsThatHaveNoEffect() {
    Cli.run("devices", "--count", "3").assertFailed(2, "--interval and --count go with --watch");
    Cli.run("devices", "--tegrastats", "-").assertFailed(2, "--tegrastats goes with --watch");
    Cli.run("devices", "--watch", "--interval", "0").assertFailed(2, "--interval=0.0: expected");
    Cli.run("devices", "--watch", "--count", "0").assertFailed(2, "--count=0: expected");
    Cli.run("bench", "--watch", "--seconds", "3").assertFailed(2, "--seconds goes without --watch");
    Cli.run("bench", "--watch", "--device", "all").assertFailed(2, "name one device, not all");
  }
}
