package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Mask;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import dev.avocet.core.Status;
import dev.avocet.core.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorTest {
  private static final float[] ROWS = {
    10, 20, 110, 220, 0.9f,
    5, 5, 50, 50, 0.2f,
    -30, 40, 900, 90, 0.5f
  };

  @TempDir Path folder;

  private Detector constant() throws IOException {
    return Detector.open(TestModels.constantDetector(folder, ROWS, 3, 1, 2));
  }

  @Test
  void shouldMapClipAndFilterWhatTheNetworkAnswers() throws IOException {
    try (Detector detector = constant();
        Image image = TestModels.noise(200, 300, 1)) {
      assertThat(detector.detect(image))
          .containsExactly(
              new Detection(3, Optional.empty(), 0.9f, new Box(10, 20, 110, 220)),
              new Detection(2, Optional.empty(), 0.5f, new Box(0, 40, 199, 90)));
    }
  }

  @Test
  void shouldTakeThresholdAndClassesFromTheCall() throws IOException {
    try (Detector detector = constant();
        Image image = TestModels.noise(200, 300, 1)) {
      DetectOptions low = DetectOptions.DEFAULT.withScoreThreshold(0.1);
      assertThat(detector.detect(image, low))
          .extracting(Detection::classId)
          .containsExactly(3, 1, 2);
      assertThat(detector.detect(image, low.withClasses(Set.of(1, 2))))
          .extracting(Detection::classId)
          .containsExactly(1, 2);
      assertThat(detector.detect(image)).extracting(Detection::classId).containsExactly(3, 2);
    }
  }

  @Test
  void shouldGiveBoxesOfARegionInTheWholePicture() throws IOException {
    try (Detector detector = constant();
        Image image = TestModels.noise(400, 400, 1)) {
      List<Detection> found =
          detector.detect(image, DetectOptions.DEFAULT.withRegion(new Rect(100, 50, 150, 300)));
      assertThat(found.get(0).box()).isEqualTo(new Box(110, 70, 210, 270));
      AvocetException outside =
          TestModels.failure(
              () ->
                  detector.detect(
                      image, DetectOptions.DEFAULT.withRegion(new Rect(300, 0, 150, 300))));
      assertThat(outside.status()).isEqualTo(Status.OUT_OF_RANGE);
      assertThat(outside).hasMessageContaining("400x400");
    }
  }

  @Test
  void shouldGiveMasksOfARegionInTheWholePicture() throws IOException {
    float[] rows = {10, 20, 30, 60, 0.9f, 5, 5, 15, 25, 0.2f, 40, 10, 60, 30, 0.8f};
    float[] masks = {1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 1, 1};
    TestModels.maskDetector(folder, rows, masks, 3, 1, 2);
    try (Detector detector = Detector.open(folder);
        Image image = TestModels.noise(200, 150, 1)) {
      List<Detection> whole = detector.detect(image);
      assertThat(whole).extracting(Detection::classId).containsExactly(3, 2);
      Mask left = whole.get(0).mask().orElseThrow();
      assertThat(left.contains(13, 40)).isTrue();
      assertThat(left.contains(27, 40)).isFalse();
      Mask lower = whole.get(1).mask().orElseThrow();
      assertThat(lower.contains(50, 13)).isFalse();
      assertThat(lower.contains(50, 27)).isTrue();
      List<Detection> part =
          detector.detect(image, DetectOptions.DEFAULT.withRegion(new Rect(50, 30, 140, 110)));
      Mask moved = part.get(0).mask().orElseThrow();
      assertThat(moved.window()).isEqualTo(left.movedBy(50, 30).window());
      assertThat(moved.contains(63, 70)).isTrue();
      assertThat(moved.contains(77, 70)).isFalse();
      assertThat(moved.pixels()).isEqualTo(left.pixels());
    }
  }

  @Test
  void shouldTakeARegionOfATurnedPictureInUprightPixels() throws IOException {
    float[] everything = {-5, -5, 500, 500, 0.9f};
    try (Detector detector = Detector.open(TestModels.constantDetector(folder, everything, 3));
        Image stored = TestModels.noise(60, 40, 5)) {
      Rect region = new Rect(3, 7, 20, 11);
      for (Rotation rotation : Rotation.values()) {
        List<Detection> found =
            detector.detect(stored.rotated(rotation), DetectOptions.DEFAULT.withRegion(region));
        assertThat(found.get(0).box()).isEqualTo(new Box(3, 7, 22, 17));
      }
    }
  }

  @Test
  void shouldNameClassesWhereTheModelKnowsThem() {
    try (Detector detector = Detector.open(TestModels.parcels());
        Image image = Image.read(TestModels.parcelsPicture())) {
      List<Detection> found = detector.detect(image);
      assertThat(found).isNotEmpty();
      assertThat(found)
          .allSatisfy(
              d -> assertThat(d.label()).contains(detector.card().labels().get(d.classId())));
    }
  }

  @Test
  void shouldAnswerBatchesLikeSinglesWhateverTheSizes() {
    try (Detector detector = Detector.builder(TestModels.parcels()).maxBatch(3).open();
        Image image = Image.read(TestModels.parcelsPicture());
        Image noise = TestModels.noise(333, 500, 3)) {
      Image part = image.region(new Rect(0, 0, image.width() / 2, image.height() / 2));
      List<Image> images = List.of(image, noise, part, image, noise, part, image);
      List<List<Detection>> together = detector.detectBatch(images);
      assertThat(together).hasSameSizeAs(images);
      for (int i = 0; i < images.size(); i++) {
        assertClose(together.get(i), detector.detect(images.get(i)));
      }
      assertThat(detector.detectBatch(List.of())).isEmpty();
    }
  }

  private static void assertClose(List<Detection> actual, List<Detection> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).classId()).isEqualTo(expected.get(i).classId());
      assertThat(actual.get(i).score())
          .isCloseTo(expected.get(i).score(), org.assertj.core.data.Offset.offset(1e-3f));
      assertThat(actual.get(i).box().x1())
          .isCloseTo(expected.get(i).box().x1(), org.assertj.core.data.Offset.offset(0.1f));
    }
  }

  @Test
  void shouldAnswerSubmittedCallsAndShareRuns() {
    try (Detector detector =
            Detector.builder(TestModels.parcels())
                .maxBatch(4)
                .batchDelay(Duration.ofMillis(200))
                .open();
        Image image = Image.read(TestModels.parcelsPicture())) {
      List<Detection> expected = detector.detect(image);
      List<CompletableFuture<List<Detection>>> futures = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        futures.add(detector.submit(image));
      }
      futures.forEach(future -> assertClose(future.join(), expected));
      long runs = detector.stats().stages().get(1).count();
      assertThat(runs).as("8 submitted calls in runs of 4, and one direct call").isLessThan(1 + 8);
    }
  }

  @Test
  void shouldGiveEachSubmittedCallItsOwnError() {
    try (Detector detector =
            Detector.builder(TestModels.parcels())
                .maxBatch(4)
                .batchDelay(Duration.ofMillis(300))
                .open();
        Image good = Image.read(TestModels.parcelsPicture())) {
      Image closed = Image.allocate(PixelFormat.BGR, 64, 64);
      closed.close();
      CompletableFuture<List<Detection>> bad = detector.submit(closed);
      CompletableFuture<List<Detection>> fine = detector.submit(good);
      assertThat(fine.join()).isNotEmpty();
      assertThat(bad).isCompletedExceptionally();
    }
  }

  @Test
  void shouldRefuseWithBusyWhenTheQueueIsFull() {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (Detector detector =
            Detector.builder(TestModels.parcels()).maxBatch(1).queueCapacity(1).open();
        Image image = Image.read(TestModels.parcelsPicture())) {
      // What depends on the first future keeps the only worker busy until the test lets it go.
      CompletableFuture<Void> held =
          detector
              .submit(image)
              .thenAccept(
                  found -> {
                    first.countDown();
                    await(go);
                  });
      await(first);
      CompletableFuture<List<Detection>> queued = detector.submit(image);
      AvocetException busy = TestModels.failure(() -> detector.submit(image).join());
      assertThat(busy.status()).isEqualTo(Status.BUSY);
      assertThat(busy).hasMessageContaining("queueCapacity");
      go.countDown();
      assertThat(queued.join()).isNotEmpty();
      held.join();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldKeepToTheDeadline() throws InterruptedException {
    try (Detector detector = Detector.open(TestModels.parcels());
        Image image = Image.read(TestModels.parcelsPicture())) {
      CountDownLatch stop = new CountDownLatch(1);
      CountDownLatch started = new CountDownLatch(4);
      List<Thread> busy = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Thread thread =
            new Thread(
                () -> {
                  while (stop.getCount() > 0) {
                    detector.detect(image);
                    started.countDown();
                  }
                });
        busy.add(thread);
        thread.start();
      }
      started.await();
      AvocetException late =
          TestModels.failure(
              () -> {
                for (int i = 0; i < 50; i++) {
                  detector.detect(image, DetectOptions.DEFAULT.withDeadline(Duration.ofNanos(1)));
                }
              });
      stop.countDown();
      for (Thread thread : busy) {
        thread.join();
      }
      assertThat(late.status()).isEqualTo(Status.DEADLINE);
      assertThat(late).hasMessageContaining("raise concurrency");
    }
  }

  @Test
  void shouldCountCallsInItsStats() throws IOException {
    try (Detector detector = constant();
        Image image = TestModels.noise(64, 64, 1)) {
      detector.warmup();
      detector.detect(image);
      detector.detect(image);
      Stats stats = detector.stats();
      assertThat(stats.stages())
          .extracting(Stats.Stage::name)
          .containsExactly("preprocess", "net", "postprocess", "call");
      assertThat(stats.stages()).allSatisfy(stage -> assertThat(stage.count()).isEqualTo(3));
      assertThat(stats.stages())
          .allSatisfy(stage -> assertThat(stage.p50()).isBetween(Duration.ZERO, stage.p99()))
          .allSatisfy(
              stage -> assertThat(stage.total()).isGreaterThanOrEqualTo(stage.p50().dividedBy(2)));
      // The stages of a call are parts of it.
      assertThat(stats.stages().get(3).total())
          .isGreaterThan(stats.stages().get(0).total().plus(stats.stages().get(1).total()));
    }
  }

  @Test
  void shouldRefuseEverythingAfterClose() throws IOException {
    Detector detector = constant();
    try (Image image = TestModels.noise(64, 64, 1)) {
      CompletableFuture<List<Detection>> done = detector.submit(image);
      done.join();
      detector.close();
      detector.close();
      assertThat(TestModels.failure(() -> detector.detect(image)).status())
          .isEqualTo(Status.CLOSED);
      assertThat(TestModels.failure(() -> detector.submit(image).join()).status())
          .isEqualTo(Status.CLOSED);
      assertThat(TestModels.failure(() -> detector.detectBatch(List.of(image))).status())
          .isEqualTo(Status.CLOSED);
      assertThat(TestModels.failure(detector::warmup).status()).isEqualTo(Status.CLOSED);
    }
  }

  @Test
  void shouldLetAContinuationCloseTheHandle() throws IOException {
    Detector detector = constant();
    try (Image image = TestModels.noise(64, 64, 1)) {
      detector.submit(image).thenRun(detector::close).join();
      assertThat(TestModels.failure(() -> detector.detect(image)).status())
          .isEqualTo(Status.CLOSED);
    }
  }

  @Test
  void shouldReportNanFromTheNetworkAsFailure() throws IOException {
    float[] rows = {10, 20, 110, 220, Float.NaN};
    try (Detector detector = Detector.open(TestModels.constantDetector(folder, rows, 3));
        Image image = TestModels.noise(64, 64, 1)) {
      AvocetException e = TestModels.failure(() -> detector.detect(image));
      assertThat(e.status()).isEqualTo(Status.FAIL);
      assertThat(e).hasMessageContaining("NaN");
      CompletableFuture<List<Detection>> submitted = detector.submit(image);
      assertThat(
              org.junit.jupiter.api.Assertions.assertThrows(
                  CompletionException.class, submitted::join))
          .hasCauseInstanceOf(AvocetException.class);
    }
  }

  @Test
  void shouldWorkOnAModelThatIsClosedAfterOpening() throws IOException {
    Path path = TestModels.constantDetector(folder, ROWS, 3, 1, 2);
    Model model = Model.open(path);
    try (Detector detector = Detector.builder(model).concurrency(2).open();
        Image image = TestModels.noise(64, 64, 1)) {
      model.close();
      assertThat(detector.detect(image)).isNotEmpty();
    }
  }
}
