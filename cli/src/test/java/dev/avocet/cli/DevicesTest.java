package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code devices}, and {@code bench --device all}, with several engines. */
@Tag("onnxruntime") // behind the second engine of these tests is ONNX Runtime
class DevicesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private OtherEngines others;

  @BeforeEach
  void addEngines() throws IOException {
    others =
        new OtherEngines(
            folder.resolve("engines"), List.of(OtherEngines.Relay.class, OtherEngines.Rusty.class));
  }

  @AfterEach
  void removeEngines() throws IOException {
    others.close();
  }

  private static JsonNode item(JsonNode array, String key, String value) {
    for (JsonNode item : array) {
      if (item.path(key).asText().equals(value)) {
        return item;
      }
    }
    throw new AssertionError("no " + key + "=" + value + " in " + array);
  }

  private static double toFastest(JsonNode line, String device) {
    return item(line.path("devices"), "device", device).path("to_fastest").asDouble();
  }

  @Test
  void shouldListEveryEngineUsableOrNot() throws IOException {
    Cli.Result json = Cli.run("devices", "--json");
    assertThat(json.exitCode()).isZero();
    assertThat(json.outLines()).hasSize(1);
    JsonNode line = JSON.readTree(json.out());
    JsonPage.assertForm("devices", line);
    JsonNode engines = line.path("engines");
    JsonNode onnxruntime = item(engines, "name", "onnxruntime");
    assertThat(onnxruntime.path("usable").asBoolean()).isTrue();
    assertThat(onnxruntime.path("reason").isNull()).isTrue();
    assertThat(item(onnxruntime.path("devices"), "device", "onnxruntime:cpu").path("abilities"))
        .extracting(JsonNode::asText)
        .contains("CPUExecutionProvider");
    assertThat(item(engines, "name", "relay").path("devices").get(0))
        .hasToString(
            "{\"device\":\"relay:CPU\",\"full_name\":\"A processor\",\"abilities\":[\"FP32\",\"INT8\"]}");
    assertThat(item(engines, "name", "rusty"))
        .hasToString(
            "{\"name\":\"rusty\",\"version\":null,\"usable\":false,\"reason\":\"librusty.so is not in"
                + " /opt/rusty: install rusty\",\"devices\":[]}");

    Cli.Result text = Cli.run("devices");
    assertThat(text.exitCode()).isZero();
    assertThat(text.out())
        .startsWith("onnxruntime 1.")
        .contains("\n  onnxruntime:cpu: ", "CPUExecutionProvider, ", " thread")
        .contains(
            """
              relay 2.0
                relay:CPU: A processor
                  FP32, INT8
                relay:GPU.1: A card that went away
                relay:NPU: A unit that gets too hot
              rusty, cannot be used: librusty.so is not in /opt/rusty: install rusty
              """);
  }

  @Test
  void shouldCompareAllDevicesAndKeepWhatFailsInItsRow() throws IOException {
    Cli.Result json =
        Cli.run("bench", "--device", "all", "--seconds", "0.2", "--json", "--threads", "1");
    assertThat(json.exitCode()).as(json.toString()).isZero();
    assertThat(json.outLines()).hasSize(1);
    JsonNode line = JSON.readTree(json.out());
    JsonPage.assertForm("bench --device all", line);
    assertThat(line.path("threads").asInt()).isEqualTo(1);
    assertThat(line.path("alternations").asInt()).isGreaterThanOrEqualTo(15);
    for (String name : List.of("onnxruntime:cpu", "relay:CPU")) {
      JsonNode row = item(line.path("devices"), "device", name);
      assertThat(row.path("error").isNull()).isTrue();
      assertThat(row.path("engine").asText()).startsWith("ONNX Runtime");
      assertThat(row.path("ratio").asDouble()).isBetween(0.2, 5.0);
      assertThat(row.path("calls_per_s").asDouble()).isPositive();
      assertThat(row.path("heap_bytes_per_call").asDouble()).isBetween(1.0, 65536.0);
      assertThat(row.path("whole_call").path("count").asInt())
          .isEqualTo(line.path("alternations").asInt() * row.path("block").asInt());
    }
    List<Double> toFastest = new ArrayList<>();
    line.path("devices").forEach(row -> toFastest.add(row.path("to_fastest").asDouble(9)));
    assertThat(toFastest).contains(1.0);
    // One engine by two names is about as fast as itself.
    assertThat(toFastest(line, "relay:CPU") / toFastest(line, "onnxruntime:cpu"))
        .isBetween(0.4, 2.5);
    JsonNode absent = item(line.path("devices"), "device", "relay:GPU.1");
    assertThat(absent.path("ratio").isNull()).isTrue();
    assertThat(absent.path("error"))
        .hasToString(
            "{\"status\":\"NOT_SUPPORTED\",\"message\":\"device=relay:GPU.1: there are\\n[CPU,"
                + " NPU]\"}");
    assertThat(item(line.path("devices"), "device", "relay:NPU").path("error"))
        .hasToString("{\"status\":\"FAIL\",\"message\":\"the unit is too hot\"}");
  }

  @Test
  void shouldPutTheDevicesIntoOneTable() throws IOException {
    Cli.Result text = Cli.run("bench", "--device", "all", "--seconds", "0.1", "--concurrency", "2");
    assertThat(text.exitCode()).as(text.toString()).isZero();
    assertThat(text.out())
        .contains("relay:CPU: ONNX Runtime 1.")
        .containsPattern("\n  device +whole call p50 ms +engine alone p50 ms +ratio +to fastest ")
        .containsPattern("\n  onnxruntime:cpu( +[0-9.]+){6}\n")
        .containsPattern("\n  relay:CPU( +[0-9.]+){6}\n")
        .contains("  relay:GPU.1      device=relay:GPU.1: there are; [CPU, NPU]\n")
        .contains("  relay:NPU        the unit is too hot\n")
        .containsPattern("both are medians of \\d+ alternations. Calls a second: 2 at once.");
  }

  @Test
  void shouldFailAsTheModelDoesWhenEveryDeviceFails() throws IOException {
    Cli.Result text =
        Cli.run("bench", "--device", "all", "--seconds", "0.1", "--engine-option", "warp=9");
    assertThat(text.exitCode()).isEqualTo(3);
    assertThat(text.out()).contains("  onnxruntime:cpu  option \"warp\" is not known");
    Cli.run("bench", "--device", "all", "--threads", "-1").assertFailed(2, "threads=-1");
    Path model = ModelCopy.to(folder.resolve("m"));
    ModelCopy.replace(model.resolve("deploy.json"), "end2end.onnx", "end2end.engine");
    Cli.run("bench", "--device", "all", model.toString())
        .assertFailed(3, "no usable engine reads end2end.engine", "onnxruntime:cpu");
  }

  @Test
  void shouldRunOnADeviceThatIsNamedWithItsEngine() throws IOException {
    Cli.Result plain = Cli.run("detect", "--json", Cli.picture(1));
    assertThat(Cli.run("detect", "--json", "--device", "relay:CPU", Cli.picture(1)).out())
        .isEqualTo(plain.out());
    Cli.run("detect", "--device", "relay:GPU.1", Cli.picture(1))
        .assertFailed(3, "there are; [CPU, NPU]");
    Cli.run("detect", "--device", "relay:TPU", Cli.picture(1))
        .assertFailed(2, "no engine here knows the device \"TPU\"", "relay:GPU.1");
    Cli.run("detect", "--device", "CPU:GPU.1", Cli.picture(1))
        .assertFailed(2, "there is no engine \"CPU\"");
  }
}
