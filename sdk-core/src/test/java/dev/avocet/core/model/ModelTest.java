package dev.avocet.core.model;

import static dev.avocet.core.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.core.CapturedLog;
import dev.avocet.core.Status;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {
  @TempDir Path folder;

  private void writeFolder() throws IOException {
    for (Map.Entry<String, byte[]> file : TestModels.files().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static void assertIsTheTestModel(Model model) {
    assertThat(model.deploy().task()).isEqualTo("Detector");
    assertThat(model.deploy().version()).isEqualTo("1.3.1");
    assertThat(model.net("tiny"))
        .isEqualTo(new DeployInfo.NetFile("tiny", "end2end.onnx", "", "onnxruntime", "FP32", 4));
    assertThat(model.pipeline().inputs()).containsExactly("img");
    assertThat(model.pipeline().outputs()).containsExactly("post_output");
    List<TaskSpec> tasks = model.pipeline().tasks();
    assertThat(tasks)
        .extracting(TaskSpec::name)
        .containsExactly("Preprocess", "tiny", "postprocess");
    TaskSpec.Preprocess preprocess = (TaskSpec.Preprocess) tasks.get(0);
    assertThat(preprocess.steps())
        .extracting(StepSpec::type)
        .containsExactly("LoadImageFromFile", "Resize");
    assertThat(preprocess.steps().get(1).params().ints("size")).containsExactly(64, 32);
    TaskSpec.Network network = (TaskSpec.Network) tasks.get(1);
    assertThat(network.inputMap()).isEqualTo(Map.of("img", "images"));
    assertThat(network.outputMap()).isEqualTo(Map.of("dets", "boxes"));
    assertThat(network.batched()).isTrue();
    TaskSpec.Postprocess head = (TaskSpec.Postprocess) tasks.get(2);
    assertThat(head.module() + "." + head.component()).isEqualTo("mmdet.ResizeBBox");
    assertThat(head.params().doubleValue("score_thr")).isEqualTo(0.3);
    assertThat(head.inputs())
        .extracting(Wire::outer)
        .containsExactly("prep_output", "infer_output");
    assertThat(head.where()).endsWith("pipeline.json: $.pipeline.tasks[2]");
    assertThat(model.card().label(1)).contains("dog");
    assertThat(model.card().label(2)).isEmpty();
    assertThat(model.card().label(-1)).isEmpty();
    assertThat(model.card().licence()).isEqualTo("Apache-2.0");
    assertThat(model.files().read("end2end.onnx")).containsExactly(1, 2, 3);
  }

  @Test
  void shouldReadAFolder() throws IOException {
    writeFolder();
    try (Model model = Model.open(folder)) {
      assertIsTheTestModel(model);
      assertThat(model.files().path("end2end.onnx")).contains(folder.resolve("end2end.onnx"));
      assertThat(model.files().path("other.onnx")).isEmpty();
    }
  }

  @Test
  void shouldReadAZipFile() throws IOException {
    Path zip = folder.resolve("model.zip");
    Files.write(zip, TestModels.zip(TestModels.files()));
    try (Model model = Model.open(zip)) {
      assertIsTheTestModel(model);
      assertThat(model.files().origin()).isEqualTo(zip.toString());
      assertThat(model.files().path("end2end.onnx")).isEmpty();
    }
  }

  @Test
  void shouldReadBytes() {
    byte[] zip = TestModels.zip(TestModels.files());
    try (Model model = Model.of(zip)) {
      Arrays.fill(zip, (byte) 0);
      assertIsTheTestModel(model);
    }
  }

  @Test
  void shouldReadTheModelsThatTheExporterWrote() {
    Path models = Path.of(System.getProperty("avocet.shared", "absent"), "assets", "sdk-models");
    if (!"true".equals(System.getenv("CI"))) {
      assumeTrue(Files.isDirectory(models), "skipped: no shared folder, " + models + " is absent");
    }
    for (String name : List.of("yolox_nano", "squeezenet", "deeplab_v3", "crnn_en", "ppocr_det")) {
      try (Model model = Model.open(models.resolve(name))) {
        TaskSpec.Network network =
            model.pipeline().tasks().stream()
                .filter(TaskSpec.Network.class::isInstance)
                .map(TaskSpec.Network.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(model.files().has(model.net(network.name()).net())).as(name).isTrue();
        assertThat(model.card()).isEqualTo(ModelCard.EMPTY);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy.json", "pipeline.json"})
  void shouldNameTheFileThatIsMissing(String file) throws IOException {
    writeFolder();
    Files.delete(folder.resolve(file));
    assertFails(Status.FILE_NOT_FOUND, () -> Model.open(folder))
        .isEqualTo("the model " + folder + " has no file " + file);
    Map<String, byte[]> files = TestModels.files();
    files.remove(file);
    assertFails(Status.FILE_NOT_FOUND, () -> Model.of(TestModels.zip(files)))
        .isEqualTo("the model model in memory has no file " + file);
  }

  @Test
  void shouldDoWithoutTheCardAndSayWhichNetworkFileIsMissing() throws IOException {
    writeFolder();
    Files.delete(folder.resolve("avocet.json"));
    Files.delete(folder.resolve("end2end.onnx"));
    try (Model model = Model.open(folder)) {
      assertThat(model.card()).isEqualTo(ModelCard.EMPTY);
      assertThat(model.files().has("end2end.onnx")).isFalse();
      assertFails(Status.FILE_NOT_FOUND, () -> model.files().read("end2end.onnx"))
          .isEqualTo("the model " + folder + " has no file end2end.onnx");
    }
  }

  @Test
  void shouldSayThatThereIsNoModel() throws IOException {
    Path absent = folder.resolve("absent");
    assertFails(Status.FILE_NOT_FOUND, () -> Model.open(absent))
        .isEqualTo("there is no model " + absent + ": give a folder or a zip file");
    Path text = Files.writeString(folder.resolve("text.txt"), "hello");
    assertFails(Status.INVALID_ARG, () -> Model.open(text))
        .isEqualTo(text + ": neither a model folder nor a zip file with a model");
    Path empty = Files.createFile(folder.resolve("empty"));
    assertFails(Status.INVALID_ARG, () -> Model.open(empty)).contains("neither a model folder");
    assertFails(Status.INVALID_ARG, () -> Model.open(Path.of("/dev/null"))).contains("neither");
    assertFails(Status.FILE_NOT_FOUND, () -> Model.open(folder)).contains("deploy.json");
  }

  @Test
  void shouldOpenTheWorkingFolder() throws IOException {
    // Normalised, "." is the empty path, which no path starts with.
    assertFails(Status.FILE_NOT_FOUND, () -> Model.open(Path.of(".")))
        .isEqualTo("the model . has no file deploy.json");
    try (ModelFiles here = ModelFiles.directory(Path.of("."))) {
      assertThat(here.has("pom.xml")).isTrue();
      assertThat(here.has("src/test")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../x", "a/../../x", "/etc/passwd", "a/..", "x\u0000y"})
  void shouldReadNothingOutsideOfTheFolder(String name) throws IOException {
    Path inner = Files.createDirectories(folder.resolve("a"));
    Files.writeString(folder.resolve("x"), "secret");
    for (Path base : List.of(inner, inner.resolve("."), Path.of(".."), Path.of("."))) {
      ModelFiles files = ModelFiles.directory(base);
      assertFails(Status.INVALID_ARG, () -> files.read(name)).contains("file \"" + name + "\"");
      assertFails(Status.INVALID_ARG, () -> files.has(name)).contains(base.toString());
      assertFails(Status.INVALID_ARG, () -> files.path(name)).contains("the model");
    }
  }

  @Test
  void shouldReadFilesInFoldersBelow() throws IOException {
    Files.createDirectories(folder.resolve("nets/fp16"));
    Files.writeString(folder.resolve("nets/fp16/a.onnx"), "net");
    ModelFiles files = ModelFiles.directory(folder);
    assertThat(files.read("nets/fp16/a.onnx")).isEqualTo(TestModels.bytes("net"));
    assertThat(files.has("nets/fp16")).isFalse();
    assertFails(Status.FILE_NOT_FOUND, () -> files.read("nets")).contains("has no file nets");
  }

  @Test
  void shouldRefuseFilesThatTheHeapCannotHold() throws IOException {
    Path large = folder.resolve("end2end.onnx");
    try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength(3L << 30);
      ModelFiles files = ModelFiles.directory(folder);
      assertFails(Status.OUT_OF_RANGE, () -> files.read("end2end.onnx"))
          .isEqualTo(large + ": bytes=3221225472, at most 2 GB can be read");
      sparse.setLength(2_000_000_000L);
      assumeTrue(Runtime.getRuntime().maxMemory() < sparse.length(), "skipped: the heap is large");
      assertFails(Status.OUT_OF_MEMORY, () -> files.read("end2end.onnx"))
          .isEqualTo(large + " does not fit into the heap: raise -Xmx");
    }
  }

  @Test
  void shouldRefuseMetaInfoOfUnreasonableSize() {
    String spaces = " ".repeat(4 << 20);
    assertFails(Status.OUT_OF_RANGE, () -> TestModels.with("deploy.json", spaces + "{}"))
        .isEqualTo("memory/deploy.json: bytes=4194306, meta info has at most 4194304");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"models": [{]}            | at line 1 column 14: Unexpected close marker ']': expected '}' (for Object starting at line 1 column 13)
          {"models": 1, "models": 2} | at line 1 column 23: Duplicate field 'models'
          {"models": []} {}          | at line 1 column 16: Trailing token
          {"models": [               | Unexpected end-of-input
          {"a": "\\x"}               | at line 1 column 9: Unrecognized character escape 'x'
          {'a': 1}                   | at line 1 column 2: Unexpected character (''' (code 39))
          nonsense                   | at line 1 column
          """)
  void shouldSayWhereTheJsonIsWrong(String json, String expected) {
    assertFails(Status.INVALID_ARG, () -> TestModels.with("deploy.json", json))
        .startsWith("memory/deploy.json: not JSON at line ")
        .contains(expected)
        .doesNotContain("\n");
  }

  @Test
  void shouldSayTheLineOfAMistakeFurtherDown() {
    assertFails(Status.INVALID_ARG, () -> TestModels.with("pipeline.json", "{\n\n  \"a\" 1}"))
        .startsWith("memory/pipeline.json: not JSON at line 3 column 7:");
  }

  @Test
  void shouldSayThatAFileIsEmptyOrNotAnObject() {
    assertFails(Status.INVALID_ARG, () -> TestModels.with("deploy.json", ""))
        .isEqualTo("memory/deploy.json: $: expected an object, found nothing");
    assertFails(Status.INVALID_ARG, () -> TestModels.with("deploy.json", "[1]"))
        .isEqualTo("memory/deploy.json: $: expected an object, found [1]");
  }

  @Test
  void shouldSkipAByteOrderMarkAndRefuseBytesThatAreNotUtf8() {
    TestModels.with("deploy.json", "\uFEFF" + TestModels.DEPLOY).close();
    Map<String, byte[]> files = TestModels.files();
    files.put("deploy.json", "{\"task\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertFails(Status.INVALID_ARG, () -> Model.of(new TestModels.InMemory(files)))
        .startsWith("memory/deploy.json: not JSON")
        .contains("UTF-8");
  }

  @Test
  void shouldRefuseDeepNestingWithoutRecursion() {
    for (String open : List.of("[", "{\"a\":")) {
      assertFails(Status.INVALID_ARG, () -> TestModels.with("deploy.json", open.repeat(500_000)))
          .contains("memory/deploy.json: not JSON")
          .contains("nesting depth");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                   | $.models: expected an array of objects, found nothing
          {"models": []}                       | $.models: expected at least one network, found []
          {"models": [3]}                      | $.models[0]: expected an object, found 3
          {"models": [{"net":"n","backend":"b"}]} | $.models[0].name: expected a text, found nothing
          {"models": [{"name":"n","backend":"b"}]} | $.models[0].net: expected a text, found nothing
          {"models": [{"name":"n","net":"n"}]} | $.models[0].backend: expected a text, found nothing
          {"models": [{"batch_size":0}]}       | $.models[0].batch_size: expected 1 or more, found 0
          {"models": [{"batch_size":"1"}]}     | $.models[0].batch_size: expected a whole number, found "1"
          {"models": [{"name":1}], "task": 2}  | $.models[0].name: expected a text, found 1
          """)
  void shouldNameThePathOfAMistakeInDeployJson(String json, String expected) {
    assertFails(Status.INVALID_ARG, () -> TestModels.with("deploy.json", json))
        .isEqualTo("memory/deploy.json: " + expected);
  }

  private static String pipeline(String tasks) {
    return "{\"pipeline\": {\"input\": \"img\", \"output\": \"out\", \"tasks\": [" + tasks + "]}}";
  }

  private static String task(String input, String output, String more) {
    return "{\"type\": \"Task\", \"input\": \"%s\", \"output\": \"%s\", %s}"
        .formatted(input, output, more);
  }

  @Test
  void shouldNameThePathOfAMistakeInPipelineJson() {
    String net = "\"module\": \"Net\", \"name\": \"n\"";
    assertPipelineFails(Status.INVALID_ARG, "{}", "$.pipeline: expected an object, found nothing");
    assertPipelineFails(
        Status.INVALID_ARG,
        "{\"pipeline\": {\"input\": \"img\", \"tasks\": []}}",
        "$.pipeline.output: expected a text or an array of texts, found nothing");
    assertPipelineFails(
        Status.INVALID_ARG,
        pipeline(task("nowhere", "out", net)),
        "$.pipeline.tasks[0].input: expected values made here, of [img, out], found \"nowhere\"");
    assertPipelineFails(
        Status.INVALID_ARG,
        pipeline(task("b", "out", net) + "," + task("out", "b", net)),
        "$.pipeline.tasks[0].input: the nodes need each other in a circle: $.pipeline.tasks[0] (n)"
            + " -> $.pipeline.tasks[1] (n) -> $.pipeline.tasks[0] (n); take one of these inputs"
            + " away");
    assertPipelineFails(
        Status.INVALID_ARG,
        pipeline(task("out", "out", net)),
        "$.pipeline.tasks[0].input: the nodes need each other in a circle: $.pipeline.tasks[0] (n)"
            + " -> $.pipeline.tasks[0] (n); take one of these inputs away");
    assertPipelineFails(
        Status.INVALID_ARG,
        pipeline(task("img", "img", net)),
        "$.pipeline.tasks[0].output: expected a name that is not taken yet, found \"img\"");
    assertPipelineFails(
        Status.INVALID_ARG,
        pipeline(task("img", "a", net)),
        "$.pipeline.output: expected values of [a, img], found \"out\"");
    assertPipelineFails(
        Status.INVALID_ARG,
        pipeline(task("img", "out", "\"module\": \"Net\"")),
        "$.pipeline.tasks[0].name: expected a text, found nothing");
    assertPipelineFails(
        Status.INVALID_ARG,
        pipeline(task("img", "out", net + ", \"input_map\": {\"img\": 1}")),
        "$.pipeline.tasks[0].input_map.img: expected a text, found 1");
    assertPipelineFails(
        Status.INVALID_ARG,
        pipeline(task("img", "out", "\"module\": \"Transform\"")),
        "$.pipeline.tasks[0].transforms: expected an array of objects, found nothing");
    assertPipelineFails(
        Status.INVALID_ARG,
        pipeline(task("img", "out", "\"module\": \"Transform\", \"transforms\": [{}]")),
        "$.pipeline.tasks[0].transforms[0].type: expected a text, found nothing");
    assertPipelineFails(
        Status.INVALID_ARG,
        pipeline("{\"name\": \"x\"}"),
        "$.pipeline.tasks[0].type: expected a text, found nothing");
  }

  @Test
  void shouldSayWhichKindsOfTaskAreNotSupported() {
    assertPipelineFails(
        Status.NOT_SUPPORTED,
        pipeline("{\"type\": \"Loop\", \"input\": \"img\", \"output\": \"out\"}"),
        "$.pipeline.tasks[0].type: nodes of type \"Loop\" are not supported; supported are Task,"
            + " Inference, Pipeline, Cond");
  }

  private static void assertPipelineFails(Status status, String json, String expected) {
    assertFails(status, () -> TestModels.with("pipeline.json", json))
        .isEqualTo("memory/pipeline.json: " + expected);
  }

  @Test
  void shouldPutNodesBehindThoseTheyNeedAndReadTheirWiring() {
    String tasks =
        """
        {"type": "Pipeline", "name": "each", "input": ["box=*dets", "pic=+img"],
         "output": ["out=*made"], "tasks": [
           {"type": "Task", "module": "CropBox", "input": ["pic", "box"], "output": "made",
            "params": {"x": 1}}]},
        {"type": "Cond", "input": ["yes", "img"], "output": "dets",
         "body": {"type": "Inference", "params": {"model": "m"}}},
        {"type": "Task", "module": "Ask", "input": "img", "output": "yes"}
        """;
    try (Model model = TestModels.with("pipeline.json", pipeline(tasks))) {
      List<TaskSpec> nodes = model.pipeline().tasks();
      assertThat(nodes).extracting(TaskSpec::kind).containsExactly("Ask", "Cond", "Pipeline");
      TaskSpec.Cond cond = (TaskSpec.Cond) nodes.get(1);
      TaskSpec.Inference body = (TaskSpec.Inference) cond.body();
      assertThat(body.model()).isEqualTo("m");
      assertThat(body.inputs()).containsExactly(new Wire("img", "img", Wire.Mode.PLAIN));
      assertThat(body.where()).endsWith("$.pipeline.tasks[1].body");
      TaskSpec.Nested each = (TaskSpec.Nested) nodes.get(2);
      assertThat(each.inputs())
          .containsExactly(
              new Wire("box", "dets", Wire.Mode.EACH), new Wire("pic", "img", Wire.Mode.REPEAT));
      assertThat(each.outputs()).containsExactly(new Wire("made", "out", Wire.Mode.EACH));
      assertThat(each.pipeline().inputs()).containsExactly("box", "pic");
      assertThat(each.pipeline().outputs()).containsExactly("made");
      TaskSpec.Module crop = (TaskSpec.Module) each.pipeline().tasks().get(0);
      assertThat(crop.module()).isEqualTo("CropBox");
      assertThat(crop.params().intValue("x")).isEqualTo(1);
      assertThat(crop.where()).endsWith("$.pipeline.tasks[0].tasks[0]");
    }
  }

  @Test
  void shouldReadAPipelineWithoutTheOuterObject() {
    String tasks = task("img", "out", "\"module\": \"Net\", \"name\": \"n\"");
    String bare =
        "{\"type\": \"Pipeline\", \"input\": \"img\", \"output\": \"out\", \"tasks\": [%s]}"
            .formatted(tasks);
    try (Model model = TestModels.with("pipeline.json", bare)) {
      assertThat(model.pipeline().tasks()).hasSize(1);
    }
  }

  @Test
  void shouldRefuseACardOfWrongTypes() {
    assertFails(Status.INVALID_ARG, () -> TestModels.with("avocet.json", "{\"labels\": [1]}"))
        .isEqualTo("memory/avocet.json: $.labels[0]: expected a text, found 1");
  }

  @Test
  void shouldNameTheNetworksThereAreWhenOneIsNot() {
    try (Model model = Model.of(TestModels.zip(TestModels.files()))) {
      assertFails(Status.INVALID_ARG, () -> model.net("other"))
          .isEqualTo(
              "model in memory: the Net task \"other\" of pipeline.json is not in deploy.json,"
                  + " which has [tiny]");
    }
  }

  @Test
  void shouldCloseTheFilesWhenTheModelIsWrong() {
    Map<String, byte[]> files = TestModels.files();
    files.remove("pipeline.json");
    TestModels.InMemory memory = new TestModels.InMemory(files);
    assertFails(Status.FILE_NOT_FOUND, () -> Model.of(memory)).contains("pipeline.json");
    assertThat(memory.closed().get()).isTrue();
  }

  @Test
  void shouldLogUnreadKeysInOneLine() {
    try (CapturedLog log = new CapturedLog();
        Model model =
            TestModels.with(
                "avocet.json", "{\"labels\": [], \"colour\": \"red\", \"x\": {\"y\": 1}}")) {
      model.logUnreadKeys();
      assertThat(log.text().lines())
          .singleElement()
          .asString()
          .contains("INFO")
          .contains("memory: keys without effect:")
          .contains("$.colour, $.x")
          .contains("$.pipeline.tasks[0].transforms[1].size")
          .contains("$.pipeline.tasks[2].params.score_thr")
          .doesNotContain("customs");
    }
  }

  @Test
  void shouldLogNothingWhenAllIsRead() {
    try (CapturedLog log = new CapturedLog();
        Model model = Model.of(TestModels.zip(TestModels.files()))) {
      assertIsTheTestModel(model);
      model.logUnreadKeys();
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void shouldReadTheSkeletonOfAPose() {
    String json = "{\"key_points\": [\"tip\", \"tail\"], \"skeleton\": [[0, 1]]}";
    try (Model model = TestModels.with("avocet.json", json)) {
      Skeleton skeleton = model.card().skeleton(17);
      assertThat(skeleton.names()).containsExactly("tip", "tail");
      assertThat(skeleton.limbs()).containsExactly(new Skeleton.Limb(0, 1));
    }
  }

  @Test
  void shouldTakeTheSkeletonOfAPersonWhereAModelOf17PointsSaysNothing() {
    assertThat(ModelCard.EMPTY.skeleton(17)).isEqualTo(Skeleton.COCO_PERSON);
    assertThat(ModelCard.EMPTY.skeleton(5).limbs()).isEmpty();
    assertThat(Skeleton.COCO_PERSON.limbs())
        .hasSize(19)
        .allMatch(limb -> limb.from() < 17 && limb.to() < 17);
  }

  @Test
  void shouldRefuseASkeletonThatIsNotPairs() {
    assertFails(
            Status.INVALID_ARG, () -> TestModels.with("avocet.json", "{\"skeleton\": [[0, 1, 2]]}"))
        .isEqualTo(
            "memory/avocet.json: $.skeleton: expected pairs of key points' numbers, "
                + "[[0, 1], ...], found [[0,1,2]]");
    assertFails(Status.INVALID_ARG, () -> TestModels.with("avocet.json", "{\"skeleton\": [0, 1]}"))
        .isEqualTo(
            "memory/avocet.json: $.skeleton[0]: expected an array of whole numbers, found 0");
  }
}
