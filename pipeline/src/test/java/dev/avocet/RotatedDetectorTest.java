package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatedDetectorTest {
  private static final float[] ROWS = {
    40, 30, 20, 10, 0.5f, 0.9f,
    10, 20, 8, 6, -1, 0.2f,
    70, 60, 30, 30, 0, 0.4f
  };

  @TempDir Path folder;

  @Test
  void shouldAnswerWhatTheNetworkFindsAndFilterIt() throws IOException {
    Files.writeString(
        TaskModels.rotatedDetector(folder, ROWS, 1, 0, 2).resolve("avocet.json"),
        "{\"labels\": [\"plane\", \"ship\"]}");
    try (RotatedDetector detector = RotatedDetector.open(folder);
        Image image = TestModels.noise(100, 80, 1)) {
      RotatedDetection ship =
          new RotatedDetection(1, Optional.of("ship"), 0.9f, 40, 30, 20, 10, 0.5f);
      RotatedDetection unknown = new RotatedDetection(2, Optional.empty(), 0.4f, 70, 60, 30, 30, 0);
      assertThat(detector.detect(image)).containsExactly(ship, unknown);
      DetectOptions all = DetectOptions.DEFAULT.withScoreThreshold(0.1);
      assertThat(detector.detect(image, all))
          .extracting(RotatedDetection::classId)
          .containsExactly(1, 0, 2);
      assertThat(detector.detect(image, all.withClasses(Set.of(0)))).hasSize(1);
      assertThat(detector.detect(image, DetectOptions.DEFAULT.withRegion(new Rect(5, 7, 50, 50))))
          .first()
          .isEqualTo(new RotatedDetection(1, Optional.of("ship"), 0.9f, 45, 37, 20, 10, 0.5f));
      assertThat(detector.detectBatch(List.of(image, image)))
          .containsExactly(List.of(ship, unknown), List.of(ship, unknown));
      assertThat(detector.submit(image).join()).containsExactly(ship, unknown);
    }
  }
}
