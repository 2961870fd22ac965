package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avocet.core.Image;
import dev.avocet.core.Point;
import dev.avocet.testing.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The folders around real networks that are run as an exporter would have left them, against what
 * the reference runtime answered; {@link RealModelsTest} has the detector.
 */
class SdkModelsTest {
  @TempDir Path folder;

  private static List<JsonNode> expected(String model) throws IOException {
    Path file = SharedFolder.resolve("conformance/real-models.jsonl");
    List<JsonNode> found = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode json = new ObjectMapper().readTree(line);
      if (json.get("model").textValue().equals(model)) {
        found.add(json);
      }
    }
    assertThat(found).as(model + " in real-models.jsonl").isNotEmpty();
    return found;
  }

  private static Path folder(String model) {
    return SharedFolder.resolve("assets/sdk-models/" + model);
  }

  private static Image picture(JsonNode line) {
    String name = line.get("image").textValue();
    return Image.read(SharedFolder.resolve("assets/images").resolve(name));
  }

  @Test
  void shouldNameTheSameClasses() throws IOException {
    try (Classifier classifier = Classifier.open(folder("squeezenet"))) {
      for (JsonNode line : expected("squeezenet")) {
        try (Image image = picture(line)) {
          List<Classification> found = classifier.classify(image);
          JsonNode wanted = line.get("result");
          assertThat(found).hasSize(wanted.size());
          for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).classId()).isEqualTo(wanted.get(i).get(0).intValue());
            assertThat((double) found.get(i).score())
                .isCloseTo(wanted.get(i).get(1).doubleValue(), within(1e-4));
          }
        }
      }
    }
  }

  @Test
  void shouldCountTheSamePixelsOfEachClass() throws IOException {
    try (Segmentor segmentor = Segmentor.open(folder("deeplab_v3"))) {
      for (JsonNode line : expected("deeplab_v3")) {
        try (Image image = picture(line)) {
          Segmentation map = segmentor.segment(image);
          JsonNode wanted = line.get("result");
          assertThat(map.height()).isEqualTo(wanted.get("shape").get(0).intValue());
          assertThat(map.width()).isEqualTo(wanted.get("shape").get(1).intValue());
          double pixels = (double) map.width() * map.height();
          double[] shares = map.shares();
          for (int id = 0; id < map.classes(); id++) {
            double share = wanted.get("counts").path(String.valueOf(id)).asDouble(0) / pixels;
            // One of 257 x 257 cells that falls to the other side.
            assertThat(shares[id]).as("class " + id).isCloseTo(share, within(1e-4));
          }
        }
      }
    }
  }

  @Test
  void shouldReadTheSameLine() throws IOException {
    try (TextRecognizer recognizer = TextRecognizer.open(folder("crnn_en"))) {
      for (JsonNode line : expected("crnn_en")) {
        try (Image image = picture(line)) {
          RecognizedText read = recognizer.recognize(image);
          assertThat(read.text()).isEqualTo(line.get("result").get(0).textValue());
          JsonNode scores = line.get("result").get(1);
          assertThat(read.scores()).hasSize(scores.size());
          for (int i = 0; i < scores.size(); i++) {
            assertThat((double) read.scores().get(i))
                .as("score " + i)
                .isCloseTo(scores.get(i).doubleValue(), within(1e-3));
          }
        }
      }
    }
  }

  @Test
  void shouldFindTheSameTwoRegionsOfText() throws IOException {
    try (TextDetector detector = TextDetector.open(folder("ppocr_det"))) {
      for (JsonNode line : expected("ppocr_det")) {
        try (Image image = picture(line)) {
          List<TextRegion> found = detector.detect(image);
          assertThat(found).hasSize(2).hasSize(line.get("result").size());
          for (JsonNode wanted : line.get("result")) {
            assertThat(found).anySatisfy(region -> assertRegion(region, wanted));
          }
        }
      }
    }
  }

  @Test
  void shouldKeepTheLongLinesWhenToldTo() throws IOException {
    Path model = folder("ppocr_det");
    for (String file : List.of("deploy.json", "end2end.onnx")) {
      Files.copy(model.resolve(file), folder.resolve(file));
    }
    String pipeline = Files.readString(model.resolve("pipeline.json"));
    assertThat(pipeline).contains("\"params\": {}");
    Files.writeString(
        folder.resolve("pipeline.json"),
        pipeline.replace("\"params\": {}", "\"params\": {\"approximate\": false}"));
    try (TextDetector detector = TextDetector.open(folder);
        Image image = picture(expected("ppocr_det").get(0))) {
      List<TextRegion> found = detector.detect(image);
      // The five lines that EXPECTED.txt has, three of them across half the picture or more.
      assertThat(found).hasSize(5);
      assertThat(found)
          .filteredOn(region -> width(region) > 0.45 * image.width())
          .hasSize(3)
          .allSatisfy(region -> assertThat(region.score()).isGreaterThan(0.7f));
    }
  }

  private static double width(TextRegion region) {
    return region.quad().corners().stream().mapToDouble(Point::x).max().orElseThrow()
        - region.quad().corners().stream().mapToDouble(Point::x).min().orElseThrow();
  }

  /** The corners within half a pixel, from any of them on; the reference rounds them. */
  private static void assertRegion(TextRegion region, JsonNode wanted) {
    assertThat((double) region.score()).isCloseTo(wanted.get(8).doubleValue(), within(1e-3));
    double best = Double.MAX_VALUE;
    for (int start = 0; start < 4; start++) {
      double worst = 0;
      for (int i = 0; i < 4; i++) {
        Point p = region.quad().corners().get((start + i) % 4);
        worst = Math.max(worst, Math.abs(p.x() - wanted.get(2 * i).doubleValue()));
        worst = Math.max(worst, Math.abs(p.y() - wanted.get(2 * i + 1).doubleValue()));
      }
      best = Math.min(best, worst);
    }
    assertThat(best).as(region + " for " + wanted).isLessThanOrEqualTo(0.5);
  }
}
