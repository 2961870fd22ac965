package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.core.Image;
import dev.avocet.testing.ModelZoo;
import dev.avocet.testing.SharedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The folders of {@code docs/model-zoo.md} that find objects, faces and people, against the answers
 * of an independent implementation.
 */
class ModelZooObjectsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "yolox, detection/yolox_nano.onnx, yolox_nano, 4, 0.95, 0.3",
    "nanodet, detection/nanodet_m_320.onnx, nanodet_320, 4, 0.95, 0.35",
    "yunet, face/yunet_s_320_320.onnx, yunet_s_320_320, 2, 0.9, 0.6",
  })
  void shouldFindWhatIsThere(
      String name, String network, String beginning, int pictures, double overlap, float leastScore)
      throws IOException {
    ModelZoo.write(folder, name, network);
    List<Expected> lines = Expected.lines(beginning + " ");
    assertThat(lines).hasSize(pictures);
    try (Detector detector = Detector.open(folder)) {
      for (Expected line : lines) {
        try (Image image = picture(line)) {
          line.assertBoxes(detector.detect(image), image, overlap, leastScore);
        }
      }
    }
  }

  private static Image picture(Expected line) {
    return Image.read(SharedFolder.resolve("assets/images").resolve(line.picture()));
  }

  @Test
  void shouldFindTheFivePointsOfAFace() throws IOException {
    ModelZoo.write(folder, "yunet", "face/yunet_s_320_320.onnx");
    try (Detector detector = Detector.open(folder);
        Image image = picture(Expected.lines("yunet_s_320_320 ").get(0))) {
      List<Detection> faces = detector.detect(image);
      assertThat(faces).hasSize(5);
      for (Detection face : faces) {
        List<KeyPoint> points = face.keyPoints();
        assertThat(points).hasSize(5);
        for (KeyPoint point : points) {
          assertThat(point.x()).isBetween(face.box().x1(), face.box().x2());
          assertThat(point.y()).isBetween(face.box().y1(), face.box().y2());
        }
        // The eyes lie above the nose, the nose above the mouth; all five look into the camera.
        float eyes = Math.max(points.get(0).y(), points.get(1).y());
        float mouth = Math.min(points.get(3).y(), points.get(4).y());
        assertThat(points.get(2).y()).isBetween(eyes, mouth);
      }
    }
  }

  @Test
  void shouldFindThePointsOfAPerson() throws IOException {
    ModelZoo.write(folder, "bodypix", "pose/bodypix_MobileNetV1-x050-stride16.onnx");
    List<Expected> lines = Expected.lines("bodypix ");
    assertThat(lines).hasSize(2);
    try (PoseDetector detector = PoseDetector.open(folder)) {
      for (Expected line : lines) {
        try (Image image = picture(line)) {
          List<KeyPoint> points = detector.detect(image).keyPoints();
          List<MatchResult> wanted = line.all("(\\w+)\\((-?\\d+),(-?\\d+);([\\d.]+)\\)");
          assertThat(points).hasSameSizeAs(wanted).hasSize(17);
          for (int i = 0; i < points.size(); i++) {
            assertPoint(points.get(i), wanted.get(i), line.picture());
          }
        }
      }
    }
  }

  private static void assertPoint(KeyPoint point, MatchResult wanted, String picture) {
    String name = picture + " " + wanted.group(1);
    assertThat(point.x()).as(name).isCloseTo(Expected.number(wanted, 2), within(1.5f));
    assertThat(point.y()).as(name).isCloseTo(Expected.number(wanted, 3), within(1.5f));
    assertThat(point.score()).as(name).isCloseTo(Expected.number(wanted, 4), within(0.02f));
  }
}
