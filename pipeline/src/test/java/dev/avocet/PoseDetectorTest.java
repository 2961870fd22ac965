package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.Status;
import dev.avocet.core.model.Skeleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoseDetectorTest {
  /** Of the network's 24 by 32: what is found in a box of the same size lies on whole pixels. */
  private static final Box BOX = new Box(30, 20, 53, 51);

  @TempDir Path folder;

  /** A grey picture with a blue, a green and a red point. */
  private static Image points(int width, int height, int... xy) {
    Image image = Painting.of(width, height, 0x101010);
    for (int i = 0; i < 3; i++) {
      Painting.fill(image, new Rect(xy[2 * i], xy[2 * i + 1], 1, 1), 0xff << (8 * i));
    }
    return image;
  }

  private static void assertPoints(Pose pose, float... xy) {
    assertThat(pose.keyPoints()).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(pose.keyPoints().get(i).x()).isCloseTo(xy[2 * i], within(1e-3f));
      assertThat(pose.keyPoints().get(i).y()).isCloseTo(xy[2 * i + 1], within(1e-3f));
    }
  }

  @Test
  void shouldFindPointsInABoxInPixelsOfThePicture() throws IOException {
    try (PoseDetector detector = PoseDetector.open(TaskModels.poseDetector(folder));
        Image image = points(100, 80, 33, 25, 50, 30, 40, 49)) {
      List<Pose> poses = detector.detect(image, List.of(BOX));
      assertThat(poses).hasSize(1);
      assertPoints(poses.get(0), 33, 25, 50, 30, 40, 49);
      assertThat(poses.get(0).keyPoints().get(0).score()).isEqualTo(1);
      CallOptions region = CallOptions.DEFAULT.withRegion(new Rect(10, 5, 80, 70));
      assertPoints(detector.detect(image, List.of(BOX), region).get(0), 33, 25, 50, 30, 40, 49);
      assertThat(detector.detect(image, List.of())).isEmpty();
    }
  }

  @Test
  void shouldShowAModelThatTakesNoBoxesThePartInTheBox() throws IOException {
    Path file = TaskModels.poseDetector(folder).resolve("pipeline.json");
    String resize = "{\"type\": \"Resize\", \"size\": [24, 32]}";
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst("\\{\"type\": \"TopDownGet[^}]*},", "")
            .replaceFirst("\\{\"type\": \"TopDownAffine\"[^}]*}", resize));
    try (PoseDetector detector = PoseDetector.open(folder);
        Image image = points(100, 80, 33, 25, 50, 30, 40, 49)) {
      assertPoints(detector.detect(image, List.of(BOX)).get(0), 33, 25, 50, 30, 40, 49);
      AvocetException e =
          TestModels.failure(() -> detector.detect(image, List.of(new Box(200, 5, 210, 20))));
      assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
      assertThat(e).hasMessageContaining("shows nothing of a picture of 100x80");
    }
  }

  @Test
  void shouldTakeThePictureAsABoxWhereThereIsNone() throws IOException {
    Files.writeString(
        TaskModels.poseDetector(folder).resolve("avocet.json"),
        "{\"key_points\": [\"a\", \"b\", \"c\"], \"skeleton\": [[0, 2]]}");
    try (PoseDetector detector = PoseDetector.open(folder);
        Image image = points(24, 32, 3, 5, 20, 10, 10, 29);
        Image other = points(24, 32, 9, 9, 1, 1, 22, 30)) {
      Pose pose = detector.detect(image);
      assertPoints(pose, 3, 5, 20, 10, 10, 29);
      assertThat(pose.skeleton().limbs()).containsExactly(new Skeleton.Limb(0, 2));
      List<Pose> poses = detector.detectBatch(List.of(image, other, image));
      assertThat(poses.get(0)).isEqualTo(pose);
      assertPoints(poses.get(1), 9, 9, 1, 1, 22, 30);
      assertThat(poses.get(2)).isEqualTo(pose);
      assertThat(detector.submit(image).join()).isEqualTo(pose);
      detector.warmup();
    }
  }

  @Test
  void shouldRunManyBoxesTogetherAndAnswerInTheirOrder() throws IOException {
    try (PoseDetector detector = PoseDetector.open(TaskModels.poseDetector(folder));
        Image image = TestModels.noise(300, 200, 3)) {
      List<Box> boxes = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        boxes.add(new Box(-20 + 25 * i, 10 + 7 * i, 15 + 25 * i, 60 + 12 * i));
      }
      List<Pose> alone = new ArrayList<>();
      for (Box box : boxes) {
        alone.addAll(detector.detect(image, List.of(box)));
      }
      long before = detector.stats().stages().get(1).count();
      assertThat(detector.detect(image, boxes)).isEqualTo(alone);
      assertThat(detector.stats().stages().get(1).count() - before)
          .as("runs of four boxes")
          .isEqualTo(3);
      CompletableFuture<List<Pose>> one = detector.submit(image, boxes);
      CompletableFuture<List<Pose>> two = detector.submit(image, boxes.subList(4, 7));
      assertThat(one.join()).isEqualTo(alone);
      assertThat(two.join()).isEqualTo(alone.subList(4, 7));
      assertThat(detector.submit(image, List.of()).join()).isEmpty();
    }
  }

  @Test
  void shouldAnswerForBoxesAnywhereAndRefuseThoseThatAreNone() throws IOException {
    try (PoseDetector detector = PoseDetector.open(TaskModels.poseDetector(folder));
        Image image = TestModels.noise(64, 48, 3)) {
      List<Box> odd =
          List.of(
              new Box(1000, 1000, 1010, 1010),
              new Box(-1e6f, -1e6f, 1e6f, 1e6f),
              new Box(5, 5, 5, 5),
              new Box(5, 5, 4, 4));
      assertThat(detector.detect(image, odd)).hasSize(4);
      for (Box bad :
          List.of(
              new Box(9, 9, 2, 2),
              new Box(Float.NaN, 0, 1, 1),
              new Box(0, 0, Float.MAX_VALUE, Float.POSITIVE_INFINITY))) {
        AvocetException e = TestModels.failure(() -> detector.detect(image, List.of(bad)));
        assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
        assertThat(e).hasMessageContaining("expected finite numbers, sizes zero or more");
      }
    }
  }
}
