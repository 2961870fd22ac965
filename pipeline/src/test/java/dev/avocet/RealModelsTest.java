package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avocet.core.Image;
import dev.avocet.preprocess.PlanMode;
import dev.avocet.testing.SharedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers on real networks, against what MMDeploy's runtime gave. */
class RealModelsTest {
  @TempDir Path folder;

  private record Expected(String picture, List<Detection> detections) {}

  private static List<Expected> expected(Path shared) throws IOException {
    List<Expected> all = new ArrayList<>();
    for (String line : Files.readAllLines(shared.resolve("conformance/real-models.jsonl"))) {
      JsonNode json = new ObjectMapper().readTree(line);
      if (json.get("model").textValue().equals("yolox_nano")) {
        List<Detection> detections = new ArrayList<>();
        JsonNode boxes = json.get("result").get(0);
        for (int i = 0; i < boxes.size(); i++) {
          JsonNode b = boxes.get(i);
          Box box = new Box(at(b, 0), at(b, 1), at(b, 2), at(b, 3));
          int id = json.get("result").get(1).get(i).intValue();
          detections.add(new Detection(id, java.util.Optional.empty(), at(b, 4), box));
        }
        all.add(new Expected(json.get("image").textValue(), detections));
      }
    }
    assertThat(all).hasSize(2);
    return all;
  }

  private static float at(JsonNode array, int i) {
    return array.get(i).floatValue();
  }

  /** Boxes within 1 px, scores within 0.01, the same classes, whatever the order. */
  static void assertAnswers(Detector detector, Path shared) throws IOException {
    assertAnswers(detector, shared, RealModelsTest::matches);
  }

  private static void assertAnswers(
      Detector detector, Path shared, BiPredicate<Detection, Detection> matches)
      throws IOException {
    for (Expected expected : expected(shared)) {
      try (Image image = Image.read(shared.resolve("assets/images").resolve(expected.picture))) {
        List<Detection> left = new ArrayList<>(detector.detect(image));
        for (Detection wanted : expected.detections) {
          Detection match =
              left.stream()
                  .filter(d -> matches.test(d, wanted))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new AssertionError(expected.picture + ": " + wanted + " not in " + left));
          left.remove(match);
        }
        assertThat(left).as(expected.picture).isEmpty();
      }
    }
  }

  private static boolean matches(Detection a, Detection b) {
    return a.classId() == b.classId()
        && Math.abs(a.score() - b.score()) <= 0.01
        && Math.abs(a.box().x1() - b.box().x1()) <= 1
        && Math.abs(a.box().y1() - b.box().y1()) <= 1
        && Math.abs(a.box().x2() - b.box().x2()) <= 1
        && Math.abs(a.box().y2() - b.box().y2()) <= 1;
  }

  /**
   * An engine that samples does not round pixels to 8 bits, so of two anchors with nearly one score
   * the other may win.
   */
  private static boolean overlaps(Detection a, Detection b) {
    double width = Math.min(a.box().x2(), b.box().x2()) - Math.max(a.box().x1(), b.box().x1());
    double height = Math.min(a.box().y2(), b.box().y2()) - Math.max(a.box().y1(), b.box().y1());
    double common = Math.max(0, width) * Math.max(0, height);
    return a.classId() == b.classId()
        && Math.abs(a.score() - b.score()) <= 0.01
        && common / (area(a) + area(b) - common) >= 0.8;
  }

  private static double area(Detection one) {
    return (double) (one.box().x2() - one.box().x1()) * (one.box().y2() - one.box().y1());
  }

  @ParameterizedTest
  @EnumSource(PlanMode.class)
  void shouldAnswerLikeTheReferenceFromAFolder(PlanMode mode) throws IOException {
    Path shared = SharedFolder.resolve("");
    try (Detector detector =
        Detector.builder(shared.resolve("assets/sdk-models/yolox_nano")).planMode(mode).open()) {
      assertAnswers(
          detector,
          shared,
          mode == PlanMode.ENGINE ? RealModelsTest::overlaps : RealModelsTest::matches);
    }
  }

  @Test
  void shouldAnswerLikeTheReferenceFromAZip() throws IOException {
    Path shared = SharedFolder.resolve("");
    Path zip = folder.resolve("yolox.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
        var files = Files.list(shared.resolve("assets/sdk-models/yolox_nano"))) {
      files.forEach(
          file -> {
            try {
              out.putNextEntry(new ZipEntry("yolox_nano/" + file.getFileName()));
              Files.copy(file, out);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    try (Detector detector = Detector.open(zip)) {
      assertAnswers(detector, shared);
    }
  }

  @Test
  void shouldAnswerLikeTheReferenceFromTheRawNetworkWithMetaInfoByHand() throws IOException {
    Path shared = SharedFolder.resolve("");
    String transforms =
        """
        {"type": "LoadImageFromFile"},
        {"type": "Resize", "size": [416, 416], "keep_ratio": true},
        {"type": "Pad", "size": [416, 416], "pad_val": {"img": [114, 114, 114]}},
        {"type": "Normalize", "mean": [0, 0, 0], "std": [1, 1, 1], "to_rgb": false},
        {"type": "DefaultFormatBundle"}, {"type": "Collect", "keys": ["img"]}
        """;
    String head =
        """
        "module": "mmdet", "component": "YOLOXHead",
        "params": {"score_thr": 0.3, "nms": {"type": "nms", "iou_threshold": 0.45}}
        """;
    byte[] onnx = Files.readAllBytes(shared.resolve("assets/detection/yolox_nano.onnx"));
    TestModels.write(folder, onnx, 1, "images", transforms, head);
    try (Detector detector = Detector.open(folder)) {
      assertAnswers(detector, shared);
    }
  }
}
