package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Status;
import dev.avocet.core.Value;
import dev.avocet.core.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes out of pipelines of small networks, however their nodes are wired. */
class PipelineTest {
  /** Three stripes of ten pixels, as the detector sees them. */
  private static final float[] BOXES = {
    0, 0, 10, 20, 0.9f, 10, 0, 20, 20, 0.8f, 20, 0, 30, 20, 0.7f
  };

  static final String REGIONS =
      """
      {"type": "Pipeline", "input": ["box=*dets", "pic=+img"], "output": "*labels", "tasks": [
        {"type": "Task", "module": "CropBox", "input": ["pic", "box"], "output": "patch"},
        {"type": "Inference", "input": "patch", "output": "labels",
         "params": {"model": "classifier"}}]}
      """;
  static final String DETECT =
      "{\"type\": \"Inference\", \"input\": \"img\", \"output\": \"dets\","
          + " \"params\": {\"model\": \"detector\"}}";
  private static final String CLASSIFY =
      "{\"type\": \"Inference\", \"input\": \"img\", \"output\": \"labels\","
          + " \"params\": {\"model\": \"classifier\"}}";

  @TempDir Path folder;

  @BeforeEach
  void writeModels() throws IOException {
    TestModels.constantDetector(folder.resolve("detector"), BOXES, 0, 1, 2);
    TestModels.constantDetector(folder.resolve("blind"), new float[] {0, 0, 9, 9, 0.1f}, 0);
    TestModels.channelClassifier(folder.resolve("classifier"), 8);
    TestModels.identityRestorer(folder.resolve("restorer"));
  }

  static Path write(Path folder, String inputs, String outputs, String... tasks)
      throws IOException {
    return Files.writeString(
        folder.resolve("graph.json"),
        "{\"type\": \"Pipeline\", \"input\": %s, \"output\": %s, \"tasks\": [%s]}"
            .formatted(inputs, outputs, String.join(",\n", tasks)));
  }

  private Pipeline open(String inputs, String outputs, String... tasks) throws IOException {
    return Pipeline.open(write(folder, inputs, outputs, tasks));
  }

  private static List<Integer> labels(Value regions) {
    return regions.items().stream().map(r -> r.items().get(0).get("label_id").asInt()).toList();
  }

  @Test
  void shouldTakeSignsWithoutEffectWhereNothingIsFlattened() throws IOException {
    String classify = CLASSIFY.replace("\"img\"", "\"+img\"").replace("\"labels\"", "\"*labels\"");
    try (Pipeline pipeline = open("\"img\"", "\"labels\"", classify);
        Image image = TestModels.stripes(10, 20, 1);
        Answer answer = pipeline.run(image)) {
      assertThat(answer.first("labels").items().get(0).get("label_id").asInt()).isEqualTo(1);
    }
  }

  @Test
  void shouldClassifyEachRegionOfEachPicture() throws IOException {
    try (Pipeline pipeline = open("\"img\"", "[\"dets\", \"labels\"]", DETECT, REGIONS);
        Image first = TestModels.stripes(10, 20, 2, 0, 1);
        Image second = TestModels.stripes(10, 20, 1, 1, 2);
        Answer answer = pipeline.run(List.of(first, second))) {
      assertThat(answer.get("labels"))
          .map(PipelineTest::labels)
          .containsExactly(List.of(2, 0, 1), List.of(1, 1, 2));
      Value detection = answer.first("dets").items().get(1);
      assertThat(detection.get("bbox").asFloats()).containsExactly(10, 0, 20, 19);
      assertThat(detection.get("label_id").asInt()).isEqualTo(1);
      assertThat(detection.get("index").asInt()).isEqualTo(1);
      assertThat(answer.toJson())
          .startsWith("{\"dets\":[[{\"index\":0,\"label_id\":0,\"score\":0.9,\"bbox\":[0.0,0.0,")
          .contains("\"labels\":[[[{\"label_id\":2,\"score\":");
    }
  }

  @Test
  void shouldRunWhateverOrderTheNodesStandIn() throws IOException {
    try (Pipeline pipeline = open("\"img\"", "\"labels\"", REGIONS, DETECT);
        Image image = TestModels.stripes(10, 20, 2, 0, 1);
        Answer answer = pipeline.run(image)) {
      assertThat(labels(answer.first("labels"))).containsExactly(2, 0, 1);
    }
  }

  @Test
  void shouldAnswerEmptyListsWhereNothingIsFound() throws IOException {
    try (Pipeline pipeline =
            open(
                "\"img\"",
                "[\"dets\", \"labels\"]",
                DETECT.replace("\"detector\"", "\"blind\""),
                REGIONS);
        Image image = TestModels.stripes(10, 20, 2, 0, 1);
        Answer answer = pipeline.run(image);
        Answer none = pipeline.run(List.of())) {
      assertThat(answer.toJson()).isEqualTo("{\"dets\":[[]],\"labels\":[[]]}");
      assertThat(none.toJson()).isEqualTo("{\"dets\":[],\"labels\":[]}");
      assertThat(TestModels.failure(() -> none.first("dets")))
          .hasMessage("the pipeline was run on no sample");
      assertThat(TestModels.failure(() -> none.first("x")))
          .hasMessage("output=\"x\": the pipeline has [dets, labels]");
    }
  }

  @Test
  void shouldRunTheBodyOfACondOnlyWhereItsFirstInputIsTrue() throws IOException {
    String cond =
        "{\"type\": \"Cond\", \"input\": [\"wanted\", \"img\"], \"output\": \"labels\", \"body\":"
            + " {\"type\": \"Inference\", \"params\": {\"model\": \"classifier\"}}}";
    try (Pipeline pipeline = open("[\"img\", \"wanted\"]", "\"labels\"", cond);
        Image image = TestModels.stripes(10, 20, 2)) {
      for (List<Boolean> wanted :
          List.of(List.of(true, false, true), List.of(true, true), List.of(false, false))) {
        Map<String, List<Value>> inputs =
            Map.of(
                "img", wanted.stream().map(w -> Value.of(image)).toList(),
                "wanted", wanted.stream().map(Value::of).toList());
        try (Answer answer = pipeline.run(inputs)) {
          assertThat(answer.get("labels")).map(v -> !v.isNull()).isEqualTo(wanted);
        }
      }
      Map<String, List<Value>> wrong =
          Map.of("img", List.of(Value.of(image)), "wanted", List.of(Value.of("yes")));
      assertThat(TestModels.failure(() -> pipeline.run(wrong)))
          .hasMessageContaining("$.tasks[0]: the first input is the condition: expected true or")
          .hasMessageEndingWith("found a text");
    }
  }

  @Test
  void shouldDecideForEachRegionWithACondInside() throws IOException {
    String regions =
        """
        {"type": "Pipeline", "input": ["box=*dets", "pic=+img"], "output": "*labels", "tasks": [
          {"type": "Task", "module": "CropBox", "input": ["pic", "box"], "output": "patch"},
          {"type": "Task", "module": "test.Wide", "input": "patch", "output": "wide"},
          {"type": "Cond", "input": ["wide", "patch"], "output": "labels",
           "body": {"type": "Inference", "params": {"model": "classifier"}}}]}
        """;
    TestModels.constantDetector(
        folder.resolve("detector"), new float[] {0, 0, 9, 20, 0.9f, 5, 0, 25, 9, 0.8f}, 0, 0);
    try (Pipeline pipeline = open("\"img\"", "\"labels\"", regions, DETECT);
        Image image = TestModels.stripes(10, 20, 2, 0, 1);
        Answer answer = pipeline.run(image)) {
      assertThat(answer.first("labels").items()).map(Value::isNull).containsExactly(true, false);
    }
  }

  @Test
  void shouldJoinBranches() throws IOException {
    try (Pipeline pipeline =
            open(
                "\"img\"",
                "\"both\"",
                "{\"type\": \"Task\", \"module\": \"test.Join\", \"input\": [\"labels\", \"dets\"],"
                    + " \"output\": \"both\"}",
                CLASSIFY,
                DETECT);
        Image image = TestModels.stripes(10, 20, 1, 1, 1);
        Answer answer = pipeline.run(image)) {
      List<Value> both = answer.first("both").items();
      assertThat(both.get(0).items().get(0).get("label_id").asInt()).isEqualTo(1);
      assertThat(both.get(1).items()).hasSize(3);
    }
  }

  @Test
  void shouldFlattenInsideOfFlattened() throws IOException {
    String inner = REGIONS.replace("dets", "parts").replace("+img", "+patch0");
    String outer =
        """
        {"type": "Pipeline", "input": ["box0=*dets", "pic0=+img"], "output": "*labels", "tasks": [
          {"type": "Task", "module": "CropBox", "input": ["pic0", "box0"], "output": "patch0"},
          {"type": "Inference", "input": "patch0", "output": "parts",
           "params": {"model": "detector"}},
          %s]}
        """
            .formatted(inner);
    float[] boxes = {0, 0, 20, 20, 0.9f, 10, 0, 30, 20, 0.8f};
    TestModels.constantDetector(folder.resolve("detector"), boxes, 0, 0);
    try (Pipeline pipeline = open("\"img\"", "\"labels\"", outer, DETECT);
        Image image = TestModels.stripes(10, 20, 2, 2, 1);
        Answer answer = pipeline.run(image)) {
      List<Value> regions = answer.first("labels").items();
      assertThat(regions).map(PipelineTest::labels).first().isEqualTo(List.of(2, 2));
      assertThat(regions).hasSize(2);
      assertThat(regions.get(1).items()).hasSize(2);
    }
  }

  @Test
  void shouldRunSeveralNetworksOfOneModelFolderWithModulesBetween() throws IOException {
    Path both = folder.resolve("both");
    Files.createDirectories(both);
    Files.copy(folder.resolve("detector/end2end.onnx"), both.resolve("d.onnx"));
    Files.copy(folder.resolve("classifier/end2end.onnx"), both.resolve("c.onnx"));
    String net =
        "{\"name\": \"%s\", \"net\": \"%s.onnx\", \"backend\": \"onnxruntime\", \"batch_size\": 2}";
    Files.writeString(
        both.resolve("deploy.json"),
        "{\"models\": [%s, %s]}".formatted(net.formatted("d", "d"), net.formatted("c", "c")));
    String prepare =
        "{\"type\": \"Task\", \"module\": \"Transform\", \"input\": \"%s\", \"output\": \"%s\","
            + " \"transforms\": ["
            + TestModels.LOAD
            + ","
            + TestModels.TAIL
            + "]}";
    String run =
        "{\"type\": \"Task\", \"module\": \"Net\", \"name\": \"%s\", \"input\": \"%s\","
            + " \"output\": \"%s\", \"input_map\": {\"img\": \"input\"}}";
    String head =
        "{\"type\": \"Task\", \"module\": \"%s\", \"component\": \"%s\", \"input\": \"%s\","
            + " \"output\": \"%s\", \"params\": %s}";
    String nested =
        "{\"type\": \"Pipeline\", \"input\": [\"box=*kept\", \"pic=+img\"],"
            + " \"output\": [\"first=*a\", \"*b\"], \"tasks\": ["
            + String.join(
                ",",
                "{\"type\": \"Task\", \"module\": \"CropBox\", \"input\": [\"pic\", \"box\"],"
                    + " \"output\": \"patch\"}",
                prepare.formatted("patch", "p2"),
                run.formatted("c", "p2", "r2"),
                head.formatted("mmcls", "LinearClsHead", "r2", "a", "{\"topk\": 1}"),
                head.formatted("mmcls", "LinearClsHead", "r2", "b", "{\"topk\": 3}"))
            + "]}";
    String filter =
        "{\"type\": \"Task\", \"module\": \"FilterBbox\", \"input\": \"dets\", \"output\": \"kept\","
            + " \"params\": {\"label_ids\": [0, 2], \"score_thr\": 0.5, \"min_bbox_size\": 5}}";
    Files.writeString(
        both.resolve("pipeline.json"),
        "{\"pipeline\": {\"input\": \"img\", \"output\": [\"first\", \"b\"], \"tasks\": [%s]}}"
            .formatted(
                String.join(
                    ",",
                    prepare.formatted("img", "p1"),
                    run.formatted("d", "p1", "r1"),
                    head.formatted("mmdet", "ResizeBBox", "r1", "dets", "{\"score_thr\": 0.3}"),
                    filter,
                    nested)));
    try (Pipeline pipeline = Pipeline.open(both);
        Pipeline byFile = Pipeline.open(both.resolve("pipeline.json"));
        Image image = TestModels.stripes(10, 20, 2, 0, 1);
        Answer answer = pipeline.run(image);
        Answer same = byFile.run(image)) {
      assertThat(labels(answer.first("first"))).containsExactly(2, 1);
      assertThat(answer.first("b").items()).map(v -> v.items().size()).containsExactly(3, 3);
      assertThat(answer.toJson()).isEqualTo(same.toJson());
      Map<String, Stats> stats = pipeline.stats();
      assertThat(stats).hasSize(2);
      assertThat(stats.keySet())
          .anyMatch(path -> path.endsWith("pipeline.json: $.pipeline.tasks[4].tasks[2]"));
      List<Stats> each = List.copyOf(stats.values());
      assertThat(each.get(0).board()).as("one reading").isSameAs(each.get(1).board());
    }
  }

  @Test
  void shouldTakeModelsByNameAndOpenOneThatIsNamedTwiceOnce() throws IOException {
    String other = CLASSIFY.replace("labels", "again").replace("classifier", "mine");
    try (Model model = Model.open(folder.resolve("classifier"))) {
      Pipeline opened =
          Pipeline.builder(
                  write(
                      folder,
                      "\"img\"",
                      "[\"labels\", \"again\"]",
                      CLASSIFY.replace("classifier", "mine"),
                      other),
                  Map.of("mine", model))
              .open();
      try (opened;
          Image image = TestModels.stripes(10, 20, 1);
          Answer answer = opened.run(image)) {
        assertThat(answer.first("labels")).isEqualTo(answer.first("again"));
        assertThat(opened.stats()).hasSize(2);
        // Both nodes' calls went into one run of the one network.
        assertThat(opened.stats().values()).allMatch(s -> s.stages().get(1).count() == 1);
      }
      assertThat(model.files().has("deploy.json")).isTrue();
    }
  }

  @Test
  void shouldAnswerPicturesThatStayUntilTheAnswerIsClosed() throws IOException {
    String crop =
        "{\"type\": \"Task\", \"module\": \"CropBox\", \"input\": [\"pic=+large\", \"box=*dets\"],"
            + " \"output\": \"*patches\"}";
    String restore =
        "{\"type\": \"Inference\", \"input\": \"img\", \"output\": \"large\","
            + " \"params\": {\"model\": \"restorer\"}}";
    try (Pipeline pipeline = open("\"img\"", "\"patches\"", DETECT, restore, crop);
        Image image = TestModels.stripes(10, 20, 2, 0, 1)) {
      Image patch;
      try (Answer answer = pipeline.run(image)) {
        patch = answer.first("patches").items().get(1).asImage();
        assertThat(patch.width()).isEqualTo(10);
        // The restorer answers RGB, so light in channel 0 of BGR is its third byte.
        assertThat(patch.plane(0).get(2) & 0xff).isEqualTo(200);
        assertThat(answer.toJson())
            .startsWith("{\"patches\":[[{\"width\":10,\"height\":19,\"format\":\"RGB\"}");
      }
      assertThat(TestModels.failure(() -> patch.plane(0)).status()).isEqualTo(Status.CLOSED);
    }
  }

  @Test
  void shouldSkipARegionThatShowsNothing() throws IOException {
    float[] boxes = {-40, -40, -20, -20, 0.9f, 0, 0, 10, 20, 0.8f};
    TestModels.constantDetector(folder.resolve("detector"), boxes, 0, 0);
    String regions = REGIONS.replace("*dets", "*given");
    try (Pipeline pipeline = open("[\"img\", \"given\"]", "\"labels\"", regions);
        Image image = TestModels.stripes(10, 20, 2, 0, 1);
        Answer answer =
            pipeline.run(
                Map.of(
                    "img", List.of(Value.of(image)),
                    "given",
                        List.of(
                            Value.of(
                                List.of(
                                    box(-40, -40, -20, -20),
                                    box(0, 0, 10, 20),
                                    Value.nothing())))))) {
      List<Value> labels = answer.first("labels").items();
      assertThat(labels).map(Value::isNull).containsExactly(true, false, false);
    }
  }

  private static Value box(float... corners) {
    return Value.object(Map.entry("bbox", Value.of(corners)));
  }

  @Test
  void shouldRunOnPartsOfCameraFramesWithOddEdges() throws IOException {
    String twice =
        """
        {"type": "Pipeline", "input": ["box=*given", "pic=+img"], "output": "*labels", "tasks": [
          {"type": "Task", "module": "CropBox", "input": ["pic", "box"], "output": "part"},
          {"type": "Task", "module": "CropBox", "input": ["part", "box"], "output": "patch"},
          {"type": "Inference", "input": "patch", "output": "labels",
           "params": {"model": "classifier"}}]}
        """;
    try (Pipeline pipeline = open("[\"img\", \"given\"]", "\"labels\"", twice);
        Image bgr = TestModels.stripes(10, 20, 2, 2, 0, 1, 1, 1);
        Image nv12 = Repacked.as(PixelFormat.NV12, bgr)) {
      for (Image image : List.of(bgr, nv12)) {
        try (Answer answer =
            pipeline.run(
                Map.of(
                    "img", List.of(Value.of(image)),
                    "given", List.of(Value.of(List.of(box(11, 1, 60, 19))))))) {
          assertThat(labels(answer.first("labels"))).as(image.toString()).containsExactly(1);
        }
      }
    }
  }

  @Test
  void shouldTurnTextThatStandsOnItsHead() throws IOException {
    String turn =
        "{\"type\": \"Task\", \"module\": \"TurnText\", \"input\": [\"img\", \"angle\"],"
            + " \"output\": \"turned\", \"params\": {\"label_id\": 1, \"score_thr\": 0.7}}";
    try (Pipeline pipeline = open("[\"img\", \"angle\"]", "\"turned\"", turn);
        Image whole = TestModels.stripes(10, 20, 2, 0, 1);
        Image image = whole.region(new Rect(2, 3, 20, 10))) {
      for (double score : new double[] {0.6, 0.8}) {
        Value angle =
            Value.of(
                List.of(
                    Value.object(
                        Map.entry("label_id", Value.of(1)), Map.entry("score", Value.of(score)))));
        try (Answer answer =
            pipeline.run(Map.of("img", List.of(Value.of(image)), "angle", List.of(angle)))) {
          assertThat(answer.first("turned").asImage().rotation().name())
              .isEqualTo(score < 0.7 ? "NONE" : "HALF");
        }
      }
    }
  }

  @Test
  void shouldSayWhatDoesNotFitTheInputs() throws IOException {
    try (Pipeline pipeline = open("[\"img\", \"dets\"]", "\"labels\"", REGIONS);
        Image image = TestModels.stripes(10, 20, 2)) {
      assertThat(pipeline.inputs()).containsExactly("img", "dets");
      assertThat(pipeline.outputs()).containsExactly("labels");
      assertThat(TestModels.failure(() -> pipeline.run(image)))
          .hasMessage("the pipeline has the inputs [img, dets]: give a map with values for each");
      assertThat(TestModels.failure(() -> pipeline.run(Map.of("img", List.of()))))
          .hasMessage("inputs=[img]: the pipeline has [img, dets]");
      assertThat(
              TestModels.failure(
                  () -> pipeline.run(Map.of("img", List.of(Value.of(image)), "dets", List.of()))))
          .hasMessage("dets has 0 values, img has 1: give one a sample");
      Map<String, List<Value>> swapped =
          Map.of("img", List.of(Value.of(List.of())), "dets", List.of(Value.of(image)));
      assertThat(TestModels.failure(() -> pipeline.run(swapped)))
          .hasMessageContaining(
              "graph.json: $.tasks[0].input[0]: expected a list, found a picture");
      Map<String, List<Value>> noBox =
          Map.of("img", List.of(Value.of(image)), "dets", List.of(Value.of(List.of(box(1, 2)))));
      assertThat(TestModels.failure(() -> pipeline.run(noBox)))
          .hasMessageEndingWith("graph.json: $.tasks[0].tasks[0]: bbox has 2 numbers, expected 4");
    }
  }
}
