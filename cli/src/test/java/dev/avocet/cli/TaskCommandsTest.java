package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the tasks on models and pictures of the shared folder. */
class TaskCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATTERN = "test://?size=160x120&frames=12";

  @TempDir Path folder;

  private static Cli.Result ok(String... args) {
    Cli.Result result = Cli.run(args);
    assertThat(result.exitCode()).as(result::toString).isZero();
    return result;
  }

  /** The only line of JSON, which has the form of docs/json.md. */
  private static JsonNode line(String... args) throws IOException {
    String[] json = Stream.concat(Arrays.stream(args), Stream.of("--json")).toArray(String[]::new);
    Cli.Result result = ok(json);
    assertThat(result.outLines()).hasSize(1);
    JsonNode line = JSON.readTree(result.out());
    JsonPage.assertForm(args[0], line);
    return line;
  }

  private String output(String name) {
    return folder.resolve(name).toString();
  }

  private static boolean differ(String one, String other) {
    try (Image a = Image.read(Path.of(one));
        Image b = Image.read(Path.of(other))) {
      assertThat(b.width()).isEqualTo(a.width());
      assertThat(b.height()).isEqualTo(a.height());
      return !a.plane(0).equals(b.plane(0));
    }
  }

  @Test
  void shouldClassify() throws IOException {
    String model = SharedFiles.model("squeezenet");
    String picture = SharedFiles.picture("winml_dog.jpg");
    JsonNode classes = line("classify", "-m", model, picture, "--topk", "2").path("classes");
    assertThat(classes).hasSize(2);
    assertThat(classes.get(0).path("class_id").asInt()).isEqualTo(207);
    String out = output("dog.png");
    Cli.Result text = ok("classify", "-m", model, picture, "-o", out);
    assertThat(text.outLines().get(0)).startsWith(picture + "  ").endsWith("  class 207");
    assertThat(text.outLines().get(1)).matches("  class +score");
    assertThat(text.outLines().get(2)).matches("  class 207 +0\\.\\d{3}");
    assertThat(text.out()).endsWith("  drawn into " + out + "\n");
    assertThat(differ(picture, out)).isTrue();
  }

  @Test
  void shouldClassifyTheFramesOfAVideoAndDrawThem() throws IOException {
    String model = SharedFiles.model("squeezenet");
    String out = output("named.mp4");
    Cli.Result json = ok("classify", "-m", model, "--json", "--frames", "3", PATTERN, "-o", out);
    assertThat(json.outLines()).hasSize(3);
    assertThat(JSON.readTree(json.outLines().get(2)).path("t_ms").asDouble()).isEqualTo(80);
    assertThat(json.err()).contains("3 frames in ", "drawn into " + out);
    Cli.Result text = ok("classify", "-m", model, out);
    assertThat(text.outLines()).hasSize(4);
    assertThat(text.outLines().get(1)).matches(".*  frame 1  0\\.040 s  class \\d+ 0\\.\\d{3}");
  }

  @Test
  void shouldSegmentAndWriteMapsThatKeepEveryNumber() throws IOException {
    String model = SharedFiles.model("deeplab_v3");
    String picture = SharedFiles.picture("winml_cat.jpg");
    String out = output("cat.png");
    JsonNode line = line("segment", "-m", model, picture, "-o", out, "--maps", output("maps"));
    JsonNode segments = line.path("segments");
    assertThat(segments.get(0).path("class_id").asInt()).isEqualTo(8);
    assertThat(segments.get(0).path("pixels").asDouble()).isCloseTo(534_939, within(5_000.0));
    assertThat(segments.get(0).path("pixels").asInt() + segments.get(1).path("pixels").asInt())
        .isEqualTo(1_000_000);
    assertThat(differ(picture, out)).isTrue();
    Path map = folder.resolve("maps/winml_cat.png");
    assertThat(line.path("map").asText()).isEqualTo(map.toString());
    try (Image numbers = Image.read(map)) {
      int stride = numbers.planes().get(0).stride();
      int cats = 0;
      for (int i = 0; i < 1_000_000; i++) {
        cats += numbers.plane(0).get(i / 1000 * stride + i % 1000 * 3) == 8 ? 1 : 0;
      }
      assertThat(cats).isEqualTo(segments.get(0).path("pixels").asInt());
    }
    Cli.Result text = ok("segment", "-m", model, picture);
    assertThat(text.outLines().get(0)).endsWith("  2 classes");
    assertThat(text.outLines().get(2)).matches("  class 8 +53\\.\\d +53\\d{4}");
  }

  @Test
  void shouldSegmentARegion() throws IOException {
    String picture = SharedFiles.picture("winml_cat.jpg");
    String model = SharedFiles.model("deeplab_v3");
    JsonNode line = line("segment", "-m", model, picture, "--region", "100,200,300,250");
    int pixels = 0;
    for (JsonNode segment : line.path("segments")) {
      pixels += segment.path("pixels").asInt();
    }
    assertThat(pixels).isEqualTo(300 * 250);
    assertThat(line.path("width").asInt()).isEqualTo(1000);
    assertThat(line.path("map").isNull()).isTrue();
  }

  @Test
  void shouldWriteTheRestoredPictureItself() throws IOException {
    String model = SharedFiles.ofCase("transform-resize-bilinear-up", "model");
    String picture = SharedFiles.picture("kitten_224.png");
    String out = output("large.png");
    JsonNode line = line("restore", "-m", model, picture, "-o", out);
    assertThat(line.path("output").asText()).isEqualTo(out);
    try (Image restored = Image.read(Path.of(out))) {
      assertThat(restored.width()).isEqualTo(line.path("output_width").asInt());
      assertThat(restored.height()).isEqualTo(line.path("output_height").asInt());
      assertThat(restored.width()).isNotEqualTo(224);
    }
    assertThat(line("restore", "-m", model, picture).path("output").isNull()).isTrue();
    assertThat(ok("restore", "-m", model, picture).out()).contains("  restored: ", " RGB");
  }

  @Test
  void shouldFindAndReadLinesInReadingOrder() throws IOException {
    String find = SharedFiles.model("ppocr_det");
    String read = SharedFiles.model("crnn_en");
    String picture = SharedFiles.picture("mmdeploy_text_det.jpg");
    String out = output("plaque.png");
    JsonNode lines = line("ocr", "-m", find, "--rec", read, picture, "-o", out).path("lines");
    List<String> texts = lines.findValuesAsText("text");
    assertThat(texts).contains("OctaviaHill", "Army Cadets", "1887-90");
    assertThat(texts.indexOf("OctaviaHill")).isLessThan(texts.indexOf("1887-90"));
    assertThat(differ(picture, out)).isTrue();
    JsonNode found = line("ocr", "-m", find, picture).path("lines");
    assertThat(found).hasSameSizeAs(lines).allMatch(one -> one.path("text").isNull());
    Cli.Result text = ok("ocr", "-m", find, "--rec", read, picture);
    assertThat(text.outLines().get(0)).endsWith("  " + lines.size() + " lines");
    assertThat(text.outLines()).anyMatch(l -> l.matches("  Army Cadets +0\\.9\\d\\d .*"));
  }

  @Test
  void shouldReadAPictureThatIsOneLine() throws IOException {
    String read = SharedFiles.model("crnn_en");
    String picture = SharedFiles.picture("ocr/en_rec.jpg");
    JsonNode one = line("ocr", "--rec", read, picture).path("lines").get(0);
    assertThat(one.path("text").asText())
        .isEqualTo(
            "To facilitate the shot type analysis in videos, we collect MovieShots, a large-scale");
    assertThat(one.path("polygon").isNull()).isTrue();
    assertThat(one.path("char_scores")).hasSize(84);
  }

  @Test
  void shouldFindPosesInThePictureAndInBoxes() throws IOException {
    String model = SharedFiles.ofCase("pose-whole-image", "model");
    String detector = SharedFiles.model("yolox_nano");
    String picture = SharedFiles.picture("mmdeploy_human-pose.jpg");
    JsonNode whole = line("pose", "-m", model, picture).path("poses");
    assertThat(whole).hasSize(1);
    assertThat(whole.get(0).path("box").isNull()).isTrue();
    String out = output("pose.png");
    JsonNode boxes =
        line("pose", "-m", model, "--detector", detector, picture, "-o", out).path("poses");
    assertThat(boxes).hasSize(1);
    assertThat(boxes.get(0).path("score").asDouble()).isCloseTo(0.936, within(0.02));
    assertThat(differ(picture, out)).isTrue();
    assertThat(ok("pose", "-m", model, picture).outLines().get(2))
        .matches("  point 0 +1 +0\\.\\d{3} .*");
  }

  @Test
  void shouldFollowPeopleThroughTheFramesOfAFolder() throws IOException {
    String[] args = {
      "track",
      "--json",
      "--detector",
      SharedFiles.ofCase("tracker-people", "detector"),
      "-m",
      SharedFiles.ofCase("tracker-people", "model"),
      "--score",
      "0.4",
      "--frames",
      "6",
      SharedFiles.ofCase("tracker-people", "frames"),
      "-o",
      output("tracked")
    };
    List<String> lines = ok(args).outLines();
    assertThat(lines).hasSize(6);
    for (String text : lines) {
      JsonNode line = JSON.readTree(text);
      assertThat(line.path("tracks")).isNotEmpty();
      assertThat(line.path("tracks").get(0).path("track_id").asInt()).isZero();
    }
    assertThat(folder.resolve("tracked").toFile().list()).hasSize(6);
  }

  @Test
  void shouldFindTurnedBoxes() throws IOException {
    String model = SharedFiles.ofCase("rotated", "model");
    String picture = SharedFiles.picture("mmdeploy_det.jpg");
    String out = output("turned.png");
    JsonNode found = line("rotate", "-m", model, picture, "-o", out).path("detections");
    assertThat(found).isNotEmpty();
    JsonNode box = found.get(0).path("rotated_box");
    JsonNode corners = found.get(0).path("polygon");
    double x = (corners.get(0).get(0).asDouble() + corners.get(2).get(0).asDouble()) / 2;
    assertThat(box).hasSize(5);
    assertThat(x).isCloseTo(box.get(0).asDouble(), within(0.01));
    assertThat(differ(picture, out)).isTrue();
    assertThat(ok("rotate", "-m", model, "--score", "1", picture).out()).contains("nothing found");
  }

  @Test
  void shouldAnswerEachPieceOfAVideo() throws IOException {
    String model = SharedFiles.ofCase("video-centercrop-nchw", "model");
    Cli.Result json = ok("action", "--json", "-m", model, "--clip-length", "4", PATTERN);
    assertThat(json.outLines()).hasSize(3);
    JsonNode second = JSON.readTree(json.outLines().get(1));
    JsonPage.assertForm("action", second);
    assertThat(second.path("frame").asInt()).isEqualTo(4);
    assertThat(second.path("t_ms").asDouble()).isEqualTo(160);
    assertThat(second.path("frames").asInt()).isEqualTo(4);
    String out = output("acted.mp4");
    Cli.Result drawn = ok("action", "-m", model, "--clip-length", "4", PATTERN, "-o", out);
    assertThat(drawn.outLines()).singleElement().asString().startsWith("12 frames in ");
    Cli.Result text = ok("action", "-m", model, "--interval", "2", "--topk", "1", out);
    assertThat(text.outLines().get(0)).matches(".* frame 0  0\\.000 s  class \\d+ .*, 12 frames");
  }

  @Test
  void shouldTakeAFolderOfPicturesForAVideo() throws IOException {
    String model = SharedFiles.ofCase("video-centercrop-nchw", "model");
    String frames = SharedFiles.ofCase("tracker-people", "frames");
    Cli.Result json = ok("action", "--json", "-m", model, "--clip-length", "20", frames);
    assertThat(json.outLines()).hasSize(1);
    JsonNode line = JSON.readTree(json.out());
    assertThat(line.path("input").asText()).isEqualTo(frames);
    assertThat(line.path("frames").asInt()).isEqualTo(20);
  }

  @Test
  void shouldWriteMasksAsRuns() throws IOException {
    String model = SharedFiles.ofCase("det-mask-full", "model");
    String picture = SharedFiles.picture("dog.jpg");
    String[] args = {"detect", "-m", model, "--region", "100,100,320,256", picture};
    JsonNode found = line(args).path("detections");
    assertThat(found).isNotEmpty();
    for (JsonNode one : found) {
      int sum = 0;
      for (JsonNode run : one.path("mask").path("runs")) {
        sum += run.asInt();
      }
      JsonNode area = one.path("mask").path("area");
      assertThat(sum).isEqualTo(area.get(2).asInt() * area.get(3).asInt());
      assertThat(area.get(0).asInt()).isGreaterThanOrEqualTo(100);
    }
  }

  @Test
  void shouldNameTheCommandForAnotherModel() {
    String picture = SharedFiles.picture("dog.jpg");
    String read = SharedFiles.model("crnn_en");
    Cli.run("segment", "-m", read, picture)
        .assertFailed(
            3,
            read + " is a model for a TextRecognizer, not for a Segmentor",
            "use 'avocet ocr --rec " + read + "'");
    String action = SharedFiles.ofCase("video-centercrop-nchw", "model");
    Cli.run("classify", "-m", action, picture).assertFailed(3, "avocet action -m " + action);
    String pose = SharedFiles.ofCase("pose-whole-image", "model");
    Cli.run("track", "-m", pose, "--detector", read, picture)
        .assertFailed(3, read + " is a model for a TextRecognizer, not for a Detector");
  }

  @Test
  void shouldDescribeTheModelOfEveryTask() throws IOException {
    String[][] handles = {
      {SharedFiles.model("squeezenet"), "Classifier"},
      {SharedFiles.model("deeplab_v3"), "Segmentor"},
      {SharedFiles.model("ppocr_det"), "TextDetector"},
      {SharedFiles.model("crnn_en"), "TextRecognizer"},
      {SharedFiles.model("yolox_nano"), "Detector"},
      {SharedFiles.ofCase("pose-simcc", "model"), "PoseDetector"},
      {SharedFiles.ofCase("rotated", "model"), "RotatedDetector"},
      {SharedFiles.ofCase("video-tencrop-nchw", "model"), "VideoRecognizer"},
      {SharedFiles.ofCase("transform-pad-edge", "model"), "Restorer"},
    };
    for (String[] one : handles) {
      JsonNode facts = JSON.readTree(Cli.run("info", "--json", one[0]).out());
      assertThat(facts.path("handle").asText()).isEqualTo(one[1]);
    }
  }

  @Test
  void shouldKeepOneMapAPictureOfTheSameName() throws IOException {
    String model = SharedFiles.model("deeplab_v3");
    Path copy = Files.createDirectories(folder.resolve("copy")).resolve("winml_cat.jpg");
    Path original = Path.of(SharedFiles.picture("winml_cat.jpg"));
    Files.copy(original, copy);
    String maps = output("maps");
    ok("segment", "-m", model, original.toString(), copy.toString(), "--maps", maps);
    assertThat(folder.resolve("maps").toFile().list())
        .containsExactlyInAnyOrder("winml_cat.png", "winml_cat-2.png");
    try (Image map = Image.read(folder.resolve("maps/winml_cat.png"))) {
      assertThat(map.format()).isEqualTo(PixelFormat.BGR);
    }
  }

  private Path pipeline(String name) throws IOException {
    String models = Path.of(SharedFiles.model("crnn_en")).getParent() + "/";
    String text = Files.readString(Path.of(SharedFiles.ofCase(name, "pipeline.json")));
    return Files.writeString(folder.resolve(name + ".json"), text.replace("MODELS/", models));
  }

  @Test
  void shouldRunAPipelineOfTwoModels() throws IOException {
    String path = pipeline("graph-detect-classify-0").toString();
    String picture = SharedFiles.picture("dog.jpg");
    String out = output("run.png");
    JsonNode outputs = line("run", path, picture, "-o", out).path("outputs");
    assertThat(outputs.path("regions")).hasSize(4);
    assertThat(outputs.path("answers")).hasSize(4);
    assertThat(outputs.path("answers").get(0)).hasSize(5);
    assertThat(differ(picture, out)).isTrue();
    Cli.Result text = ok("run", path, picture);
    assertThat(text.outLines().get(0)).endsWith("  4 regions, 4 answers");
    assertThat(text.outLines().get(1)).startsWith("  regions  [{\"index\":");
    assertThat(ok("run", "--json", "--frames", "2", path, PATTERN).outLines()).hasSize(2);
  }

  @Test
  void shouldSayWhereAPipelineIsWrong() throws IOException {
    Path path = pipeline("graph-ocr-lines");
    ModelCopy.replace(path, "\"WarpBbox\"", "\"WrapBbox\"");
    String picture = SharedFiles.picture("dog.jpg");
    Cli.run("run", path.toString(), picture).assertFailed(3, path.toString(), "WrapBbox");
    Cli.run("run", output("none.json"), picture).assertFailed(3, "none.json");
  }

  @Test
  void shouldTimeEveryKindOfModelForPictures() throws IOException {
    String model = SharedFiles.model("squeezenet");
    Cli.Result bench = ok("bench", model, PATTERN, "--seconds", "0.2", "--json");
    assertThat(JSON.readTree(bench.out()).path("ratio").asDouble()).isPositive();
    String clips = SharedFiles.ofCase("video-centercrop-nchw", "model");
    Cli.run("bench", clips).assertFailed(3, "no handle that takes single pictures");
  }
}
