package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avocet.Detection;
import dev.avocet.Detector;
import dev.avocet.core.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code avocet detect} on the shipped model and pictures. */
class DetectCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void shouldPrintATableOfWhatTheDetectorFinds() {
    Cli.Result result = Cli.run("detect", "--score", "0.05", Cli.picture(1));
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    List<String> lines = result.outLines();
    int found = lines.size() - 2;
    assertThat(found).isPositive();
    assertThat(lines.get(0)).isEqualTo(Cli.picture(1) + "  1280 x 960  " + found + " found");
    assertThat(lines.get(1)).matches("  class +score +x1 +y1 +x2 +y2");
    // Every column ends where its heading ends.
    assertThat(lines.subList(1, lines.size())).allMatch(l -> l.length() == lines.get(1).length());
    assertThat(lines.get(2)).matches("  [a-z_]+ +0\\.\\d{3}( +\\d+\\.\\d){4}");
  }

  @Test
  void shouldPrintOneJsonLineAPictureAndNothingElse() throws IOException {
    Cli.Result result = Cli.run("detect", "--json", Cli.picture(1), Cli.picture(2));
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.outLines()).hasSize(2);
    JsonNode line = JSON.readTree(result.outLines().get(0));
    assertThat(line.fieldNames())
        .toIterable()
        .containsExactly("input", "frame", "width", "height", "detections");
    assertThat(line.path("input").asText()).isEqualTo(Cli.picture(1));
    assertThat(line.path("frame").asInt()).isZero();
    assertThat(line.path("width").asInt()).isEqualTo(1280);
    assertThat(line.path("height").asInt()).isEqualTo(960);
    try (Detector detector = Detector.open(Cli.parcels());
        Image image = Image.read(Path.of(Cli.picture(1)))) {
      List<Detection> expected = detector.detect(image);
      assertThat(line.path("detections")).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        JsonNode found = line.path("detections").get(i);
        assertThat(found.fieldNames())
            .toIterable()
            .containsExactly("class_id", "label", "score", "box");
        assertThat(found.path("class_id").asInt()).isEqualTo(expected.get(i).classId());
        assertThat(found.path("label").asText()).isEqualTo(expected.get(i).label().orElseThrow());
        assertThat(found.path("score").floatValue()).isEqualTo(expected.get(i).score());
        assertThat(found.path("box").get(2).floatValue()).isEqualTo(expected.get(i).box().x2());
      }
    }
  }

  @Test
  void shouldWriteNullForALabelThatTheModelDoesNotSay() throws IOException {
    Path model = ModelCopy.to(folder.resolve("m"));
    Files.delete(model.resolve("avocet.json"));
    Cli.Result json =
        Cli.run("detect", "--json", "--score", "0.05", "-m", model.toString(), Cli.picture(1));
    assertThat(json.out()).contains("\"label\":null");
    Cli.Result table = Cli.run("detect", "--score", "0.05", "-m", model.toString(), Cli.picture(1));
    assertThat(table.out()).containsPattern("  class \\d +0\\.");
  }

  @Test
  void shouldGoOnAfterABadFileAndEndWithFour() throws JsonProcessingException {
    String missing = folder.resolve("missing.jpg").toString();
    Cli.Result json = Cli.run("detect", "--json", missing, Cli.picture(1));
    assertThat(json.exitCode()).isEqualTo(4);
    assertThat(json.err()).isEmpty();
    assertThat(json.outLines()).hasSize(2);
    JsonNode error = JSON.readTree(json.outLines().get(0));
    assertThat(error.fieldNames()).toIterable().containsExactly("input", "error");
    assertThat(error.path("error").path("status").asText()).isEqualTo("FILE_NOT_FOUND");
    assertThat(error.path("error").path("message").asText()).contains(missing);
    assertThat(JSON.readTree(json.outLines().get(1)).has("detections")).isTrue();
    Cli.Result table = Cli.run("detect", missing, Cli.picture(1));
    table.assertFailed(4, missing);
    assertThat(table.out()).contains("1280 x 960");
  }

  @Test
  void shouldDrawOnePictureIntoAFileWhoseFolderItMakes() {
    Path out = folder.resolve("new/drawn.png");
    Cli.Result result = Cli.run("detect", "--score", "0.05", Cli.picture(1), "-o", out.toString());
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("drawn into " + out);
    try (Image drawn = Image.read(out);
        Image source = Image.read(Path.of(Cli.picture(1)))) {
      assertThat(drawn.width()).isEqualTo(source.width());
      assertThat(drawn.height()).isEqualTo(source.height());
      byte[] before = new byte[source.plane(0).remaining()];
      byte[] after = new byte[drawn.plane(0).remaining()];
      source.plane(0).get(before);
      drawn.plane(0).get(after);
      assertThat(after).isNotEqualTo(before);
    }
  }

  @Test
  void shouldDrawManyPicturesIntoAFolderUnderTheirNames() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.copy(Path.of(Cli.picture(1)), other.resolve("parcel-1.jpg"));
    Path out = folder.resolve("a/b");
    String glob = Cli.root().resolve("examples/media") + "/parcel-[12].jpg";
    Cli.Result result = Cli.run("detect", glob, other.toString(), "-o", out.toString());
    assertThat(result.exitCode()).isZero();
    assertThat(out.toFile().list())
        .containsExactlyInAnyOrder("parcel-1.jpg", "parcel-2.jpg", "parcel-1-2.jpg");
  }

  @Test
  void shouldRefuseAFileForManyPicturesAndAFolderThatHoldsTheInput() throws IOException {
    Cli.run("detect", Cli.picture(1), Cli.picture(2), "-o", folder.resolve("x.png").toString())
        .assertFailed(2, "x.png names a file, and there are 2 pictures: name a folder");
    Path input = folder.resolve("in.jpg");
    Files.copy(Path.of(Cli.picture(1)), input);
    Cli.run("detect", input.toString(), "-o", folder.toString())
        .assertFailed(2, "would overwrite the input");
    assertThat(input).hasSameBinaryContentAs(Path.of(Cli.picture(1)));
  }

  @Test
  void shouldSayThatTheOutputCannotBeWritten() throws IOException {
    Cli.run("detect", Cli.picture(1), "-o", "/proc/avocet/out.png").assertFailed(1, "/proc/avocet");
    Path file = Files.writeString(folder.resolve("file"), "x");
    Cli.run("detect", Cli.picture(1), "-o", file + "/deeper/out.png")
        .assertFailed(1, "cannot be created");
  }

  @Test
  void shouldKeepTheAskedClassesScoresAndRegion() {
    Cli.Result all = Cli.run("detect", "--json", "--score", "0.05", Cli.picture(1));
    assertThat(all.out()).contains("qr_code");
    Cli.Result some =
        Cli.run("detect", "--json", "--score", "0.05", "--classes", "1,barcode", Cli.picture(1));
    assertThat(some.out()).doesNotContain("qr_code");
    assertThat(Cli.run("detect", "--json", "--score", "1", Cli.picture(1)).out())
        .contains("\"detections\":[]");
    assertThat(Cli.run("detect", "--score", "1", Cli.picture(1)).out()).contains("nothing found");
    Cli.run("detect", "--classes", "cat", Cli.picture(1))
        .assertFailed(2, "the model has no class \"cat\"; it has [qr_code, data_matrix, barcode]");
    Cli.run("detect", "--score", "2", Cli.picture(1)).assertFailed(2, "expected 0 to 1");
    Cli.run("detect", "--region", "5000,0,10,10", Cli.picture(1)).assertFailed(4, "not inside");
    Cli.run("detect", "--region", "1,2,3", Cli.picture(1)).assertFailed(2, "X,Y,WIDTH,HEIGHT");
  }

  @Test
  void shouldAnswerTheSameOnEveryPlan() {
    String fused = Cli.run("detect", Cli.picture(1)).out();
    assertThat(Cli.run("detect", "--plan", "reference", Cli.picture(1)).out()).isEqualTo(fused);
    assertThat(Cli.run("detect", "--plan", "PLAIN", Cli.picture(1)).out()).isEqualTo(fused);
  }
}
