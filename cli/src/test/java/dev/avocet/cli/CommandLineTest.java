package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avocet.testing.EngineUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, usage, completion, {@code info}, {@code bench} and {@code conformance}. */
class CommandLineTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "detect",
        "classify",
        "segment",
        "restore",
        "ocr",
        "pose",
        "track",
        "rotate",
        "action",
        "run",
        "info",
        "devices",
        "bench",
        "conformance",
        "generate-completion"
      })
  void shouldHelpWithEveryCommand(String command) {
    Cli.Result help = Cli.run(command, "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("Usage: avocet " + command, "--help");
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(Cli.run("--help").out()).contains("  " + command + " ");
  }

  @Test
  void shouldSayWhatIsWrongWithTheCommandLine() {
    Cli.run().assertFailed(2, "a command is missing");
    assertThat(Cli.run("detct").err()).contains("'detct'", "avocet detect");
    Cli.run("detect").assertFailed(2, "INPUT", "see 'avocet detect --help'");
    assertThat(Cli.run("detect", "x.jpg", "--colour").exitCode()).isEqualTo(2);
    Cli.run("info", "--size", "big").assertFailed(2, "expected WIDTHxHEIGHT");
    Cli.run("bench", "--seconds", "0").assertFailed(2, "expected 0.1 to 3600");
    Cli.run("bench", "--device", "tpu").assertFailed(2, "there are [");
    Cli.run("bench", "--concurrency", "0").assertFailed(2, "expected 1 to 1024");
    Cli.run("conformance", folder.toString()).assertFailed(4, "has no case");
    assertThat(Cli.run("--version").out()).startsWith("avocet ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"classify", "segment", "restore", "pose", "rotate", "action"})
  void shouldAskForAModelAndNameTheCommandOfAnotherOne(String command) {
    Cli.run(command, Cli.picture(1)).assertFailed(2, "a model is missing", "with -m");
    String parcels = Cli.parcels().toString();
    Cli.run(command, "-m", parcels, Cli.picture(1))
        .assertFailed(3, "is a model for a Detector", "use 'avocet detect -m " + parcels + "'");
  }

  @Test
  void shouldSayWhichModelsReadingAndFollowingNeed() {
    String parcels = Cli.parcels().toString();
    Cli.run("ocr", Cli.picture(1))
        .assertFailed(2, "-m names one that finds", "--rec one that reads");
    Cli.run("ocr", "-m", parcels, "--angle", parcels, Cli.picture(1))
        .assertFailed(2, "needs --rec");
    Cli.run("ocr", "--rec", parcels, Cli.picture(1)).assertFailed(3, "avocet detect -m " + parcels);
    Cli.run("track", Cli.picture(1)).assertFailed(2, "a model is missing");
    Cli.run("track", "-m", parcels, Cli.picture(1)).assertFailed(2, "with --detector");
    Cli.run("pose", "-m", parcels, "--score", "0.5", Cli.picture(1))
        .assertFailed(2, "--score=0.5: needs --detector");
    Cli.run("track", "-m", parcels, "--detector", parcels, "--detect-every", "-1", Cli.picture(1))
        .assertFailed(2, "detectionInterval=-1");
  }

  @Test
  void shouldRefuseCountsThatMakeNoSense() {
    Cli.run("classify", "--topk", "0", Cli.picture(1)).assertFailed(2, "topK=0");
    Cli.run("action", "--clip-length", "0", "x.mp4").assertFailed(2, "expected 1 to 1000");
    Cli.run("action", "--interval", "-3", "x.mp4").assertFailed(2, "--interval=-3");
    Cli.run("rotate", "--score", "2", Cli.picture(1)).assertFailed(2, "expected 0 to 1");
  }

  @Test
  void shouldSayWhereItLookedForTheDefaultModel() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Cli.command(List.of(), "info"));
    command.replaceAll(a -> a.startsWith("-Davocet.home=") ? "-Davocet.home=" + folder : a);
    Cli.start(folder, command, Map.of())
        .assertFailed(3, folder.resolve("models/parcels").toString(), "name one with -m");
  }

  @Test
  void shouldMakeACompletionThatBashTakes() throws IOException, InterruptedException {
    Cli.Result script = Cli.run("generate-completion");
    assertThat(script.exitCode()).isZero();
    Path file = Files.writeString(folder.resolve("completion"), script.out());
    List<String> bash =
        List.of(
            "bash",
            "-c",
            "source "
                + file
                + "; COMP_WORDS=(avocet det); COMP_CWORD=1; COMP_LINE='avocet det'; "
                + "_complete_avocet; echo \"${COMPREPLY[*]}\"");
    Cli.Result completed = Cli.start(folder, bash, Map.of());
    assertThat(completed.err()).isEmpty();
    assertThat(completed.out().strip()).isEqualTo("detect");
  }

  @Test
  void shouldDescribeTheDefaultModel() throws JsonProcessingException {
    Cli.Result text = Cli.run("info", "--size", "1280x960");
    assertThat(text.exitCode()).isZero();
    assertThat(text.out())
        .contains("Detector", "3: qr_code, data_matrix, barcode", "images FLOAT32[")
        .contains(EngineUnderTest.provider().version())
        .contains("mmdet: YOLOXHead", "1280x960 to FLOAT32[1,3,", "one pass with OpenCV");
    JsonNode facts = JSON.readTree(Cli.run("info", "--json").out());
    assertThat(facts.fieldNames())
        .toIterable()
        .containsExactly(
            "model",
            "task",
            "handle",
            "description",
            "licence",
            "labels",
            "networks",
            "stages",
            "plan",
            "plan_error");
    assertThat(facts.path("handle").asText()).isEqualTo("Detector");
    assertThat(facts.path("networks").get(0).path("error").isNull()).isTrue();
    assertThat(facts.path("plan").path("shape").get(1).asInt()).isEqualTo(3);
  }

  @Test
  @Tag("onnxruntime")
  void shouldSayWhyPreprocessingStaysOutsideWhenTheEngineTakesTensorsOnly() {
    Cli.Result text = Cli.run("info", "--plan", "engine", "--device", "onnxruntime:cpu");
    assertThat(text.exitCode()).isZero();
    assertThat(text.out())
        .contains(
            "one pass with OpenCV, not inside of the network (this engine takes tensors only): ");
    String[] detect = {"detect", "--device", "onnxruntime:cpu", Cli.picture(1)};
    String[] inside = {"detect", "--device", "onnxruntime:cpu", "--plan", "engine", Cli.picture(1)};
    assertThat(Cli.run(inside).out()).contains("found").isEqualTo(Cli.run(detect).out());
  }

  @Test
  void shouldDescribeAModelThatHasNoHandleYet() throws IOException {
    Path model = ModelCopy.to(folder.resolve("m"));
    ModelCopy.replace(model.resolve("pipeline.json"), "YOLOXHead", "OtherHead");
    ModelCopy.replace(model.resolve("pipeline.json"), "\"Resize\"", "\"OtherResize\"");
    Cli.Result text = Cli.run("info", model.toString());
    assertThat(text.exitCode()).isZero();
    assertThat(text.out())
        .contains("none yet for this task", "mmdet: OtherHead", "none: ", "OtherResize");
    JsonNode facts = JSON.readTree(Cli.run("info", "--json", model.toString()).out());
    assertThat(facts.path("handle").isNull()).isTrue();
    assertThat(facts.path("plan").isNull()).isTrue();
    assertThat(facts.path("plan_error").path("status").asText()).isEqualTo("NOT_SUPPORTED");
    Cli.run("bench", model.toString()).assertFailed(3, "there is no handle");
  }

  @Test
  void shouldTimeTheModelBesideItsEngine() throws IOException {
    String model = Cli.parcels().toString();
    Cli.Result text = Cli.run("bench", model, Cli.picture(1), "--seconds", "0.5");
    assertThat(text.exitCode()).as(text.toString()).isZero();
    assertThat(text.out()).contains("preprocess", "engine alone", "ratio ", "calls a second");
    Cli.Result json = Cli.run("bench", "--json", "--seconds", "0.5", "--concurrency", "2");
    JsonNode facts = JSON.readTree(json.out());
    assertThat(json.outLines()).hasSize(1);
    JsonPage.assertForm("bench", facts);
    assertThat(facts.path("layers")).isEmpty();
    assertThat(facts.path("alternations").asInt()).isGreaterThanOrEqualTo(15);
    assertThat(facts.path("ratio").asDouble()).isBetween(0.2, 5.0);
    assertThat(facts.path("calls_per_s").asDouble()).isPositive();
    assertThat(facts.path("heap_bytes_per_call").asDouble()).isBetween(1.0, 65536.0);
    assertThat(facts.path("whole_call").path("p99_ms").asDouble())
        .isGreaterThanOrEqualTo(facts.path("whole_call").path("p50_ms").asDouble());
    Cli.run("bench", model, folder.resolve("no.jpg").toString()).assertFailed(4, "no.jpg");
  }

  @Test
  void shouldListCasesThenTotals() throws IOException {
    Path one = Files.createDirectories(folder.resolve("cases/odd"));
    Files.writeString(one.resolve("case.json"), "{\"task\": \"Juggler\"}");
    Path other = Files.createDirectories(folder.resolve("cases/other"));
    Files.writeString(other.resolve("case.json"), "{\"task\": \"Classifier\"}");
    Cli.Result result = Cli.run("conformance", folder.resolve("cases").toString());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.outLines())
        .containsExactly(
            "odd error: not supported: task Juggler",
            "other unanswered: the case has no answer of the reference",
            "0 passed, 1 failed, 1 unanswered");
  }
}
