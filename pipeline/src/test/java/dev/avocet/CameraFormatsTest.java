package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import dev.avocet.media.Annotator;
import dev.avocet.testing.SharedFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real network on one picture as cameras and decoders store it. */
class CameraFormatsTest {
  private static Detector detector;
  private static Image dog;

  @BeforeAll
  static void open() {
    Path shared = SharedFolder.resolve("");
    detector = Detector.open(shared.resolve("assets/sdk-models/yolox_nano"));
    dog = Image.read(shared.resolve("assets/images/dog.jpg"));
  }

  @AfterAll
  static void close() {
    if (detector != null) {
      detector.close();
      dog.close();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PixelFormat.class,
      names = {"GRAY16"},
      mode = EnumSource.Mode.EXCLUDE)
  void shouldAnswerAsForTheFrameMadeUprightAndBgrBefore(PixelFormat format) {
    try (Image stored = Repacked.as(format, dog)) {
      for (Rotation rotation : List.of(Rotation.NONE, Rotation.CLOCKWISE_90)) {
        Image frame = stored.rotated(rotation);
        // Another module's conversion of the whole frame.
        try (Image upright = Annotator.annotate(frame, List.of())) {
          List<Detection> expected = detector.detect(upright);
          assertThat(expected).isNotEmpty();
          assertThat(detector.detect(frame)).isEqualTo(expected);
        }
      }
    }
  }

  /**
   * What halving the chroma costs. This network moves the bicycle's left edge by 6 px when noise of
   * one grey level is added to the picture, hence the measure: overlap rather than pixels.
   */
  @ParameterizedTest
  @EnumSource(
      value = PixelFormat.class,
      names = {"NV12", "NV21", "I420", "YUYV"})
  void shouldFindWhatItFindsInColoursOfFullResolution(PixelFormat format) {
    try (Image frame = Repacked.as(format, dog)) {
      List<Detection> left = new ArrayList<>(sure(detector.detect(frame)));
      List<Detection> expected = sure(detector.detect(dog));
      assertThat(expected).hasSize(3);
      for (Detection wanted : expected) {
        Detection match =
            left.stream()
                .filter(d -> isClose(d, wanted))
                .findFirst()
                .orElseThrow(() -> new AssertionError(wanted + " is not in " + left));
        left.remove(match);
      }
      assertThat(left).isEmpty();
    }
  }

  private static List<Detection> sure(List<Detection> all) {
    return all.stream().filter(d -> d.score() > 0.5).toList();
  }

  private static boolean isClose(Detection a, Detection b) {
    return a.classId() == b.classId()
        && Math.abs(a.score() - b.score()) <= 0.03
        && overlap(a.box(), b.box()) >= 0.95;
  }

  /** Intersection over union. */
  private static double overlap(Box a, Box b) {
    double width = Math.min(a.x2(), b.x2()) - Math.max(a.x1(), b.x1());
    double height = Math.min(a.y2(), b.y2()) - Math.max(a.y1(), b.y1());
    double both = Math.max(0, width) * Math.max(0, height);
    return both / (area(a) + area(b) - both);
  }

  private static double area(Box box) {
    return (double) (box.x2() - box.x1()) * (box.y2() - box.y1());
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveExactlyTheBoxesOfTheUprightPictureWhenItIsStoredTurned(Rotation rotation) {
    // YUYV is missing: of a turned picture it keeps the colours of other pairs of pixels.
    List<PixelFormat> formats =
        List.of(PixelFormat.BGR, PixelFormat.RGBA, PixelFormat.NV12, PixelFormat.I420);
    try (Image turned = Repacked.turned(dog, rotation)) {
      for (PixelFormat format : formats) {
        try (Image upright = Repacked.as(format, dog);
            Image stored = Repacked.as(format, turned)) {
          List<Detection> expected = detector.detect(upright);
          assertThat(expected).hasSizeGreaterThan(2);
          assertThat(detector.detect(stored.rotated(rotation))).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void shouldTakeARegionWithOddEdgesOfACameraFrame() {
    DetectOptions options = DetectOptions.DEFAULT.withRegion(new Rect(101, 55, 551, 501));
    try (Image turned = Repacked.turned(dog, Rotation.CLOCKWISE_90);
        Image stored = Repacked.as(PixelFormat.NV12, turned)) {
      Image frame = stored.rotated(Rotation.CLOCKWISE_90);
      try (Image upright = Annotator.annotate(frame, List.of())) {
        List<Detection> expected = detector.detect(upright, options);
        assertThat(expected).isNotEmpty();
        assertThat(detector.detect(frame, options)).isEqualTo(expected);
        assertThat(detector.detectBatch(List.of(frame, frame), options))
            .containsExactly(expected, expected);
      }
    }
  }
}
