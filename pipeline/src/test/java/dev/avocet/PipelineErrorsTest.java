package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes in pipelines are refused when they are opened, with file, path and what to do. */
class PipelineErrorsTest {
  private static final String DETECT = PipelineTest.DETECT;
  private static final String CLASSIFY =
      DETECT.replace("detector", "classifier").replace("dets", "labels");

  @TempDir Path folder;

  @BeforeEach
  void writeModels() throws IOException {
    TestModels.constantDetector(folder.resolve("detector"), new float[] {0, 0, 9, 9, 0.9f}, 0);
    TestModels.channelClassifier(folder.resolve("classifier"), 8);
  }

  private void assertRefused(Status status, String message, String output, String... tasks)
      throws IOException {
    Path file = PipelineTest.write(folder, "\"img\"", "\"" + output + "\"", tasks);
    AvocetException e = TestModels.failure(() -> Pipeline.open(file).close());
    assertThat(e.getMessage().replace(folder + "/", "")).isEqualTo(message);
    assertThat(e.status()).isEqualTo(status);
  }

  private static String module(String name, String inputs, String outputs) {
    return "{\"type\": \"Task\", \"module\": \"%s\", \"input\": %s, \"output\": %s}"
        .formatted(name, inputs, outputs);
  }

  @Test
  void shouldRefuseACircleNamingItsNodes() throws IOException {
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[1].input: the nodes need each other in a circle: $.tasks[1] (CropBox)"
            + " -> $.tasks[2] (test.Join) -> $.tasks[1] (CropBox); take one of these inputs away",
        "dets",
        DETECT,
        module("CropBox", "[\"img\", \"b\"]", "\"a\""),
        module("test.Join", "[\"a\", \"img\"]", "\"b\""));
  }

  @Test
  void shouldRefuseNamesThatAreUnknownTakenOrOfNoForm() throws IOException {
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[1].input: expected values made here, of [dets, img, p], found"
            + " [\"img\",\"det\"]",
        "dets",
        DETECT,
        module("CropBox", "[\"img\", \"det\"]", "\"p\""));
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[1].output: expected a name that is not taken yet, found \"dets\"",
        "dets",
        DETECT,
        module("test.Wide", "\"img\"", "\"dets\""));
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.output: expected values of [dets, img], found \"x\"",
        "x",
        DETECT);
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[0].input: expected names of values like x, inner=x, inner=*x or"
            + " inner=+x, found \"a=b=img\"",
        "p",
        module("test.Wide", "\"a=b=img\"", "\"p\""));
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[0].output: expected names of values like x, *x or x=*inner, found"
            + " \"+p\"",
        "p",
        module("test.Wide", "\"img\"", "\"+p\""));
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[0].input: expected different names: \"a\" is there twice, found"
            + " [\"a=img\",\"a=img\"]",
        "p",
        module("test.Join", "[\"a=img\", \"a=img\"]", "\"p\""));
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[0].input: expected at least one name, found []",
        "p",
        module("test.Wide", "[]", "\"p\""));
  }

  @Test
  void shouldRefuseValuesOfAnotherKind() throws IOException {
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[1].input[1]: CropBox wants Boxes, \"labels\" is Labels",
        "p",
        CLASSIFY,
        module("CropBox", "[\"img=+img\", \"label=*labels\"]", "\"*p\""));
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[1].input[0]: CropBox wants Image, \"dets\" is list of Boxes",
        "p",
        DETECT,
        module("CropBox", "[\"dets\", \"img\"]", "\"p\""));
    assertRefused(
        Status.INVALID_ARG,
        "classifier/pipeline.json: $.pipeline.tasks[0].input: a Transform wants a picture, \"img\""
            + " is list of Boxes",
        "labels",
        DETECT,
        CLASSIFY.replace("\"img\"", "\"dets\""));
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[1].input[0]: the first input is the condition: expected true or false,"
            + " \"dets\" is list of Boxes",
        "labels",
        DETECT,
        "{\"type\": \"Cond\", \"input\": [\"dets\", \"img\"], \"output\": \"labels\", \"body\":"
            + " {\"type\": \"Inference\", \"params\": {\"model\": \"classifier\"}}}");
  }

  @Test
  void shouldRefuseWiresThatDoNotFit() throws IOException {
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[1].input[0]: beside an input with * write \"img=+img\", or * if it is a"
            + " list too",
        "p",
        DETECT,
        module("CropBox", "[\"img\", \"*dets\"]", "\"*p\""));
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[1].output[0]: an input is flattened with *, so write \"*p\"",
        "p",
        DETECT,
        module("CropBox", "[\"+img\", \"*dets\"]", "\"p\""));
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[1].input[0]: * takes a list apart, \"w\" is Boolean: leave the * out",
        "p",
        module("test.Wide", "\"img\"", "\"w\""),
        module("test.Join", "[\"*w\", \"+img\"]", "\"*p\""));
  }

  @Test
  void shouldRefuseWrongCounts() throws IOException {
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[0].input: CropBox takes 2 values, 1 are named",
        "p",
        module("CropBox", "\"img\"", "\"p\""));
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[0].output: test.Wide makes 1 values, 2 are named",
        "p",
        module("test.Wide", "\"img\"", "[\"p\", \"q\"]"));
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[0].input: model \"detector\" has the inputs [img], 2 are named",
        "dets",
        DETECT.replace("\"input\": \"img\"", "\"input\": [\"img\", \"x=img\"]"));
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[0].input: expected the condition and at least one value for the body,"
            + " found \"img\"",
        "p",
        "{\"type\": \"Cond\", \"input\": \"img\", \"output\": \"p\", \"body\": {}}");
  }

  @Test
  void shouldRefuseWhatIsNotThere() throws IOException {
    assertRefused(
        Status.NOT_SUPPORTED,
        "graph.json: $.tasks[0].module: unknown module \"CropBoxes\"; known are Transform, Net,"
            + " AddBboxField, CropBox, FilterBbox, TurnText, WarpBbox, pose_tracker::Prepare,"
            + " pose_tracker::ProcessBboxes, pose_tracker::TrackStep, test.Fail, test.Join,"
            + " test.Wait, test.Wide, and heads, which have a component",
        "p",
        module("CropBoxes", "\"img\"", "\"p\""));
    assertRefused(
        Status.NOT_SUPPORTED,
        "graph.json: $.tasks[0].type: nodes of type \"Loop\" are not supported; supported are Task,"
            + " Inference, Pipeline, Cond",
        "p",
        module("x", "\"img\"", "\"p\"").replace("Task", "Loop"));
    Path looked = folder.resolve("detectors").toAbsolutePath();
    assertRefused(
        Status.FILE_NOT_FOUND,
        ("graph.json: $.tasks[0].params.model: there is no model \"detectors\": give one of the names"
                + " [] or the path of a folder or zip file (looked at %s)")
            .formatted(looked.toString().replace(folder + "/", "")),
        "dets",
        DETECT.replace("detector", "detectors"));
    Path missing = folder.resolve("no.json");
    assertThat(TestModels.failure(() -> Pipeline.open(missing).close()))
        .hasMessage("there is no pipeline " + missing)
        .extracting(AvocetException::status)
        .isEqualTo(Status.FILE_NOT_FOUND);
  }

  @Test
  void shouldRefuseTensorsWhereOnlyNetworksCanReadThem() throws IOException {
    String prepare =
        "{\"type\": \"Task\", \"module\": \"Transform\", \"input\": \"img\", \"output\": \"p\","
            + " \"transforms\": ["
            + TestModels.LOAD
            + ","
            + TestModels.TAIL
            + "]}";
    String net =
        "{\"type\": \"Task\", \"module\": \"Net\", \"name\": \"net\", \"input\": \"p\","
            + " \"output\": \"r\"}";
    String head =
        "{\"type\": \"Task\", \"module\": \"mmdet\", \"component\": \"ResizeBBox\","
            + " \"input\": \"r\", \"output\": \"dets\"}";
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[1]: a Net needs a deploy.json beside the pipeline: put both into a model"
            + " folder, or use an Inference node",
        "dets",
        prepare,
        net,
        head);
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[1].output: no head decodes \"r\": add a task with a component that reads"
            + " it",
        "p",
        prepare,
        net);
    assertRefused(
        Status.NOT_SUPPORTED,
        "graph.json: $.tasks[0].transforms[1]: DefaultFormatBundle makes a tensor that no Net reads:"
            + " only LoadImageFromFile can stand without one",
        "p",
        prepare);
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[0].input: a Net reads what a Transform of this pipeline makes, \"img\" is"
            + " anything",
        "dets",
        net.replace("\"p\"", "\"img\""),
        head);
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[0].input: a head decodes what a Net of this pipeline made; none of these"
            + " is such",
        "dets",
        head.replace("\"r\"", "\"img\""));
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[1].input[0]: \"p\" is a tensor of a Transform, which only Net and heads"
            + " can read",
        "w",
        prepare,
        module("test.Wide", "\"p\"", "\"w\""),
        net,
        head);
    assertRefused(
        Status.NOT_SUPPORTED,
        "graph.json: $.tasks[0].input: a Transform has one input, without * and +: put it into a"
            + " Pipeline to flatten lists",
        "dets",
        prepare.replace("\"img\"", "\"*img\""),
        net,
        head);
  }

  @Test
  void shouldRefuseModelsThatNameEachOther() throws IOException {
    Path a = folder.resolve("a");
    Files.createDirectories(a);
    Files.writeString(
        a.resolve("deploy.json"),
        "{\"models\": [{\"name\": \"x\", \"net\": \"x\", \"backend\": \"onnxruntime\"}]}");
    Files.writeString(
        a.resolve("pipeline.json"),
        "{\"pipeline\": {\"input\": \"img\", \"output\": \"dets\", \"tasks\": [%s]}}"
            .formatted(DETECT.replace("detector", "../a")));
    assertRefused(
        Status.INVALID_ARG,
        "a/pipeline.json: $.pipeline.tasks[0].params.model: the models name each other in a circle:"
            + " a -> a",
        "dets",
        DETECT.replace("detector", "a"));
  }

  @Test
  void shouldRefuseAPipelineOfTooManyNodes() throws IOException {
    String[] tasks = new String[1001];
    for (int i = 0; i < tasks.length; i++) {
      tasks[i] = module("test.Wide", "\"img\"", "\"w" + i + "\"");
    }
    assertRefused(
        Status.OUT_OF_RANGE,
        "graph.json: $.tasks[1000]: the pipeline has more than 1000 nodes, those of the models it"
            + " names included",
        "w0",
        tasks);
  }

  @Test
  void shouldSayWhichParameterOfAModuleIsWrong() throws IOException {
    assertRefused(
        Status.INVALID_ARG,
        "graph.json: $.tasks[1].params.score_thr: expected a number, found \"high\"",
        "p",
        DETECT,
        "{\"type\": \"Task\", \"module\": \"FilterBbox\", \"input\": \"dets\", \"output\": \"p\","
            + " \"params\": {\"score_thr\": \"high\"}}");
  }
}
