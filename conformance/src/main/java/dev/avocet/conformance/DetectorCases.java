package dev.avocet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.Box;
import dev.avocet.Detection;
import dev.avocet.Detector;
import dev.avocet.core.AvocetException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Compares detections as sets: as many, and for each expected one an answered one of the same class
 * whose score is within 1e-4 and whose edges are within 0.01 px.
 */
final class DetectorCases implements TaskRunner {
  private static final double SCORE = 1e-4;
  private static final double PIXELS = 0.01;

  @Override
  public Verdict run(Case one, RunOptions options) {
    JsonNode expected = one.expected();
    for (JsonNode mask : expected.path("masks")) {
      if (!mask.isNull()) {
        throw AvocetException.notSupported("instance masks");
      }
    }
    try (Detector detector = options.open(Detector.builder(one.model()))) {
      return compare(one.withPicture(detector::detect), detections(expected));
    }
  }

  private static List<Detection> detections(JsonNode expected) {
    JsonNode boxes = expected.path("boxes");
    List<Detection> wanted = new ArrayList<>();
    for (int i = 0; i < boxes.size(); i++) {
      JsonNode box = boxes.get(i);
      wanted.add(
          new Detection(
              expected.path("labels").path(i).intValue(),
              Optional.empty(),
              box.path(4).floatValue(),
              new Box(
                  box.path(0).floatValue(),
                  box.path(1).floatValue(),
                  box.path(2).floatValue(),
                  box.path(3).floatValue())));
    }
    return wanted;
  }

  static Verdict compare(List<Detection> answer, List<Detection> expected) {
    if (answer.size() != expected.size()) {
      return Verdict.differs(
          "%d detections, expected %d".formatted(answer.size(), expected.size()));
    }
    List<Detection> left = new ArrayList<>(answer);
    for (Detection wanted : expected) {
      Optional<Detection> nearest =
          left.stream()
              .filter(found -> found.classId() == wanted.classId())
              .min(Comparator.comparingDouble(found -> distance(found, wanted)));
      if (nearest.isEmpty() || distance(nearest.get(), wanted) > 1) {
        return Verdict.differs(
            "expected %s, nearest is %s"
                .formatted(
                    text(wanted),
                    nearest.map(DetectorCases::text).orElse("none of class " + wanted.classId())));
      }
      left.remove(nearest.get());
    }
    return Verdict.AGREES;
  }

  /** The largest difference, in units of what is allowed. */
  private static double distance(Detection a, Detection b) {
    double edges =
        Math.max(
            Math.max(Math.abs(a.box().x1() - b.box().x1()), Math.abs(a.box().y1() - b.box().y1())),
            Math.max(Math.abs(a.box().x2() - b.box().x2()), Math.abs(a.box().y2() - b.box().y2())));
    return Math.max(edges / PIXELS, Math.abs(a.score() - b.score()) / SCORE);
  }

  private static String text(Detection d) {
    return "class=%d score=%s box=[%s, %s, %s, %s]"
        .formatted(d.classId(), d.score(), d.box().x1(), d.box().y1(), d.box().x2(), d.box().y2());
  }
}
