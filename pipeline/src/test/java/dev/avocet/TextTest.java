package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Point;
import dev.avocet.core.Quad;
import dev.avocet.core.Rect;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The handles for text: the one that finds it, and the one that reads it. */
class TextTest {
  @TempDir Path folder;

  private static Quad rectangle(float x, float y, float width, float height) {
    return new Quad(
        new Point(x, y),
        new Point(x + width, y),
        new Point(x + width, y + height),
        new Point(x, y + height));
  }

  /** Whether a rectangle with these edges is nearly where the text was painted. */
  private static void assertAround(Quad quad, Rect painted) {
    double left = quad.corners().stream().mapToDouble(Point::x).min().orElseThrow();
    double top = quad.corners().stream().mapToDouble(Point::y).min().orElseThrow();
    double right = quad.corners().stream().mapToDouble(Point::x).max().orElseThrow();
    double bottom = quad.corners().stream().mapToDouble(Point::y).max().orElseThrow();
    // The head widens what it finds by its unclip ratio.
    assertThat(left).isBetween(painted.x() - 20.0, painted.x() - 1.0);
    assertThat(top).isBetween(painted.y() - 20.0, painted.y() - 1.0);
    assertThat(right).isBetween(painted.x() + painted.width() + 0.0, right + 20.0);
    assertThat(bottom).isBetween(painted.y() + painted.height() + 0.0, bottom + 20.0);
  }

  @Test
  void shouldFindTextInPicturesRegionsBatchesAndSubmittedCalls() throws IOException {
    try (TextDetector detector = TextDetector.open(TaskModels.textDetector(folder));
        Image image = Painting.of(160, 120, 0);
        Image empty = Painting.of(160, 120, 0)) {
      Rect line = new Rect(60, 50, 60, 20);
      Painting.fill(image, line, 0x0000ff);
      List<TextRegion> found = detector.detect(image);
      assertThat(found).hasSize(1);
      assertThat(found.get(0).score()).isGreaterThan(0.9f);
      assertAround(found.get(0).quad(), line);
      DetectOptions region = DetectOptions.DEFAULT.withRegion(new Rect(30, 20, 120, 90));
      assertAround(detector.detect(image, region).get(0).quad(), line);
      assertThat(detector.detect(image, region.withClasses(Set.of(1)))).isEmpty();
      assertThat(detector.detectBatch(List.of(empty, image, empty)))
          .extracting(List::size)
          .containsExactly(0, 1, 0);
      assertThat(detector.submit(image).join()).isEqualTo(found);
    }
  }

  @Test
  void shouldReadPicturesQuadsAndSubmittedCalls() throws IOException {
    try (TextRecognizer recognizer = TextRecognizer.open(TaskModels.textRecognizer(folder));
        Image image = Painting.of(64, 48, 0x00ff00);
        Image red = Painting.of(32, 8, 0xff0000)) {
      Painting.fill(image, new Rect(4, 4, 20, 8), 0x0000ff);
      Painting.fill(image, new Rect(30, 10, 8, 30), 0xff0000);
      assertThat(recognizer.recognize(image).text()).isEqualTo("g");
      assertThat(recognizer.recognize(image).score()).isCloseTo(0.87f, within(0.01f));
      assertThat(recognizer.recognize(red)).isEqualTo(new RecognizedText("r", List.of(1f)));
      CallOptions region = CallOptions.DEFAULT.withRegion(new Rect(4, 4, 20, 8));
      assertThat(recognizer.recognize(image, region).text()).isEqualTo("b");
      assertThat(recognizer.recognizeBatch(List.of(red, image, red)))
          .extracting(RecognizedText::text)
          .containsExactly("r", "g", "r");
      List<Quad> quads =
          List.of(
              rectangle(40, 2, 18, 7),
              rectangle(5, 5, 18, 6),
              rectangle(31, 11, 6, 28),
              rectangle(5, 5, 18, 6));
      assertThat(recognizer.recognize(image, quads))
          .extracting(RecognizedText::text)
          .containsExactly("g", "b", "r", "b");
      assertThat(recognizer.submit(image, quads).join())
          .extracting(RecognizedText::text)
          .containsExactly("g", "b", "r", "b");
      assertThat(recognizer.recognize(image, List.of())).isEmpty();
      assertThat(recognizer.submit(image, List.of()).join()).isEmpty();
    }
  }

  @Test
  void shouldShareRunsOfTheNetworkAmongQuads() throws IOException {
    try (TextRecognizer recognizer = TextRecognizer.open(TaskModels.textRecognizer(folder));
        Image image = TestModels.noise(64, 48, 1)) {
      List<Quad> quads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        quads.add(rectangle(i, i, 24, 8));
      }
      recognizer.recognize(image, quads);
      assertThat(recognizer.stats().stages().get(1).count()).as("8 lines, 4 a run").isEqualTo(2);
    }
  }

  @Test
  void shouldSayWhatIsWrongWithQuads() throws IOException {
    try (TextRecognizer recognizer = TextRecognizer.open(TaskModels.textRecognizer(folder));
        Image image = TestModels.noise(64, 48, 1)) {
      List<Quad> good = List.of(rectangle(1, 1, 24, 8));
      AvocetException both =
          TestModels.failure(
              () ->
                  recognizer.recognize(
                      image, good, CallOptions.DEFAULT.withRegion(new Rect(0, 0, 9, 9))));
      assertThat(both.status()).isEqualTo(Status.INVALID_ARG);
      assertThat(both).hasMessageContaining("quads are regions already");
      AvocetException outside =
          TestModels.failure(
              () -> recognizer.submit(image, List.of(good.get(0), rectangle(99, 99, 9, 9))).join());
      assertThat(outside.status()).isEqualTo(Status.OUT_OF_RANGE);
    }
  }

  @Test
  void shouldNotNeedThePictureOnceQuadsAreSubmitted() throws IOException {
    List<CompletableFuture<List<RecognizedText>>> futures = new ArrayList<>();
    try (TextRecognizer recognizer =
        TextRecognizer.builder(TaskModels.textRecognizer(folder))
            .maxBatch(4)
            .batchDelay(Duration.ofMillis(100))
            .open()) {
      for (int i = 0; i < 5; i++) {
        try (Image image = Painting.of(64, 48, i % 2 == 0 ? 0xff0000 : 0x0000ff)) {
          futures.add(
              recognizer.submit(image, List.of(rectangle(1, 1, 24, 8), rectangle(9, 9, 24, 8))));
        }
      }
      futures.get(3).cancel(true);
      for (int i : new int[] {0, 1, 2, 4}) {
        String letter = i % 2 == 0 ? "r" : "b";
        assertThat(futures.get(i).join())
            .extracting(RecognizedText::text)
            .containsExactly(letter, letter);
      }
    }
  }
}
