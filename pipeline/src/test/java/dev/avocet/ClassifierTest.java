package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTest {
  @TempDir Path folder;

  @Test
  void shouldNameAsManyClassesAsAskedFor() throws IOException {
    Files.writeString(
        TaskModels.classifier(folder).resolve("avocet.json"),
        "{\"labels\": [\"blue\", \"green\"]}");
    try (Classifier classifier = Classifier.open(folder);
        Image image = Painting.of(8, 6, 0x102030)) {
      assertThat(classifier.classify(image))
          .containsExactly(
              new Classification(0, Optional.of("blue"), 48),
              new Classification(1, Optional.of("green"), 32));
      assertThat(classifier.classify(image, ClassifyOptions.DEFAULT.withTopK(1)))
          .extracting(Classification::classId)
          .containsExactly(0);
      assertThat(classifier.classify(image, ClassifyOptions.DEFAULT.withTopK(9)))
          .extracting(Classification::label)
          .containsExactly(Optional.of("blue"), Optional.of("green"), Optional.empty());
      assertThat(
              TestModels.failure(
                  () -> classifier.classify(image, ClassifyOptions.DEFAULT.withTopK(0))))
          .hasMessage("topK=0: expected 1 or more");
    }
  }

  @Test
  void shouldAnswerForARegionForBatchesAndForSubmittedCalls() throws IOException {
    try (Classifier classifier = Classifier.open(TaskModels.classifier(folder));
        Image blue = Painting.of(8, 6, 0x0000ff);
        Image red = Painting.of(8, 6, 0xff0000);
        Image large = Painting.of(20, 20, 0x00ff00)) {
      Painting.fill(large, new Rect(4, 5, 6, 7), 0xff0000);
      ClassifyOptions region =
          ClassifyOptions.DEFAULT
              .withRegion(new Rect(4, 5, 6, 7))
              .withTopK(1)
              .withDeadline(Duration.ofMinutes(1));
      assertThat(classifier.classify(large, region))
          .containsExactly(new Classification(2, Optional.empty(), 255));
      assertThat(classifier.classifyBatch(List.of(blue, large, red, blue)))
          .extracting(found -> found.get(0).classId())
          .containsExactly(0, 1, 2, 0);
      assertThat(classifier.classifyBatch(List.of(large, large), region))
          .extracting(found -> found.get(0).classId())
          .containsExactly(2, 2);
      assertThat(classifier.submit(red).join().get(0).classId()).isEqualTo(2);
      assertThat(classifier.submit(large, region).join()).hasSize(1);
    }
  }

  @Test
  void shouldRefuseTheModelOfAVideoRecognizer() throws IOException {
    TaskModels.videoRecognizer(folder);
    AvocetException e = TestModels.failure(() -> Classifier.open(folder).close());
    assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
    assertThat(e).hasMessageContaining("a Classifier needs a network that takes pictures (rank 4)");
  }
}
