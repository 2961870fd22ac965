package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Status;
import dev.avocet.testing.EngineUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that cannot work, each with the status and the sentence that its user gets. */
class BadModelTest {
  @TempDir Path folder;

  @BeforeEach
  void writeAModelThatWorks() throws IOException {
    TestModels.constantDetector(folder, new float[] {1, 2, 30, 40, 0.9f}, 0);
    try (Detector detector = Detector.open(folder);
        Image image = TestModels.noise(64, 64, 1)) {
      assertThat(detector.detect(image)).hasSize(1);
    }
  }

  private AvocetException opening() {
    return TestModels.failure(() -> Detector.open(folder).close());
  }

  private void replace(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy.json", "pipeline.json", "end2end.onnx"})
  void shouldNameTheFileThatIsMissing(String file) throws IOException {
    Files.delete(folder.resolve(file));
    AvocetException e = opening();
    assertThat(e.status()).isEqualTo(Status.FILE_NOT_FOUND);
    assertThat(e).hasMessageContaining(file);
  }

  @Test
  void shouldNameAMissingModel() {
    AvocetException e = TestModels.failure(() -> Detector.open(folder.resolve("nothing")));
    assertThat(e.status()).isEqualTo(Status.FILE_NOT_FOUND);
    assertThat(e).hasMessageContaining("nothing").hasMessageContaining("folder or a zip");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"score_thr\": 0.3 | \"score_thr\": \"high\" | INVALID_ARG | score_thr: expected a number",
        "\"LoadImageFromFile\" | \"Unheard\" | NOT_SUPPORTED | Unheard",
        "\"component\": \"ResizeBBox\" | \"component\": \"NoHead\" | NOT_SUPPORTED | mmdet.NoHead",
        "\"module\": \"Net\" | \"module\": 7 | INVALID_ARG | expected a text, found 7",
        "\"name\": \"net\" | \"name\": \"other\" | INVALID_ARG | deploy.json",
        "{\"img\": \"input\"} | {\"img\": \"picture\"} | INVALID_ARG | no input \"picture\" but [input]",
        "\"output\": [\"infer_output\"] | \"output\": [\"prep_output\"] | INVALID_ARG | not taken",
        "\"input\": [\"prep_output\"], | \"input\": [\"later\"], | INVALID_ARG | later",
        "\"keys\": [\"img\"] | \"keys\": 5 | INVALID_ARG | keys",
        "\"tasks\": [ | \"jobs\": [ | INVALID_ARG | tasks: expected an array of objects, found nothing",
        "\"pipeline\": { | \"pipeline\": [ | INVALID_ARG | not JSON at line",
      })
  void shouldSayWhatIsWrongInPipelineJson(String from, String to, Status status, String words)
      throws IOException {
    replace("pipeline.json", from, to);
    AvocetException e = opening();
    assertThat(e.status()).isEqualTo(status);
    assertThat(e).hasMessageContaining(words).hasMessageContaining(folder.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "tensorrt, end2end.engine",
    "openvino, end2end.xml",
    "ncnn, end2end.param",
    "pplnn, end2end.ppl",
    "torchscript, end2end.pt",
    "rknn, end2end.rknn",
    "coreml, end2end.mlpackage",
    "snpe, end2end.dlc",
    "ascend, end2end.om",
    "tvm, end2end.so",
  })
  void shouldAdviseToExportModelsOfOtherEnginesAsOnnx(String backend, String file)
      throws IOException {
    assumeFalse(EngineUnderTest.provider().reads(file), "this run's engine reads it");
    replace("deploy.json", "end2end.onnx", file);
    replace("deploy.json", "onnxruntime", backend);
    replace("pipeline.json", "ResizeBBox", "HeadOfThatEngine");
    AvocetException e = opening();
    assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
    assertThat(e)
        .hasMessageContaining("no engine runs file=" + file)
        .hasMessageContaining("export the model again as ONNX");
  }

  @Test
  void shouldRefuseGarbageInsteadOfANetwork() throws IOException {
    Files.writeString(folder.resolve("end2end.onnx"), "this is no network");
    AvocetException e = opening();
    assertThat(e.status()).isEqualTo(Status.FAIL);
    assertThat(e).hasMessageContaining("end2end.onnx");
  }

  @Test
  void shouldRefuseATruncatedNetwork() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("end2end.onnx"));
    Files.write(folder.resolve("end2end.onnx"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(opening().status()).isEqualTo(Status.FAIL);
  }

  @Test
  void shouldRefuseAModelOfAnotherTask() throws IOException {
    TestModels.identityRestorer(folder);
    AvocetException e = opening();
    assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
    assertThat(e).hasMessageContaining("mmedit.TensorToImg");
  }

  @Test
  void shouldSayThatTheChannelsDoNotFit() throws IOException {
    replace(
        "pipeline.json",
        "{\"type\": \"LoadImageFromFile\"}",
        "{\"type\": \"LoadImageFromFile\", \"color_type\": \"grayscale\"}");
    try (Detector detector = Detector.open(folder);
        Image image = TestModels.noise(64, 64, 1)) {
      AvocetException e = TestModels.failure(() -> detector.detect(image));
      assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
      assertThat(e).hasMessageContaining("[1,1,64,64]").hasMessageContaining("input");
    }
  }

  @Test
  void shouldSayThatAnOutputIsMissing() throws IOException {
    replace("pipeline.json", "\"output_map\": {}", "\"output_map\": {\"boxes\": \"dets\"}");
    try (Detector detector = Detector.open(folder);
        Image image = TestModels.noise(64, 64, 1)) {
      AvocetException e = TestModels.failure(() -> detector.detect(image));
      assertThat(e.status()).isEqualTo(Status.FAIL);
      assertThat(e).hasMessageContaining("[boxes, labels]");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tpu,NOT_SUPPORTED,tpu",
    "mars:cpu,INVALID_ARG,no engine \"mars\"",
    "cpu:0:x:9,INVALID_ARG,expected [engine:]device[:n]",
    "'',INVALID_ARG,[engine:]device[:n]",
  })
  void shouldRefuseADeviceThatIsNotThere(String device, Status status, String words) {
    AvocetException e =
        TestModels.failure(() -> Detector.builder(folder).device(device).open().close());
    assertThat(e.status()).isEqualTo(status);
    assertThat(e).hasMessageContaining(words);
  }

  @Test
  void shouldRefuseOptionsOutOfRange() {
    assertThat(TestModels.failure(() -> Detector.builder(folder).concurrency(0).open()))
        .hasMessageContaining("concurrency=0: expected 1 to 1024");
    assertThat(
            TestModels.failure(
                () -> Detector.builder(folder).engineOption("warp", "9").open().close()))
        .hasMessageContaining("\"warp\" is not known to " + EngineUnderTest.name());
    try (Detector detector = Detector.open(folder);
        Image image = TestModels.noise(64, 64, 1)) {
      assertThat(
              TestModels.failure(
                  () -> detector.detect(image, DetectOptions.DEFAULT.withScoreThreshold(2))))
          .hasMessageContaining("scoreThreshold=2.0: expected 0 to 1");
    }
  }

  @Test
  void shouldTakeThePictureOfOnePixel() {
    try (Detector detector = Detector.open(folder);
        Image image = Image.allocate(PixelFormat.GRAY8, 1, 1)) {
      // The only box lies outside of it.
      assertThat(detector.detect(image)).isEmpty();
    }
  }
}
