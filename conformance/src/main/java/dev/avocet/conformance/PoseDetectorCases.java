package dev.avocet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.Box;
import dev.avocet.KeyPoint;
import dev.avocet.Pose;
import dev.avocet.PoseDetector;
import dev.avocet.core.Image;
import java.util.ArrayList;
import java.util.List;

/** Compares poses in order: every key point within 0.01 px, its score within 1e-4. */
final class PoseDetectorCases implements TaskRunner {
  @Override
  public Verdict run(Case one, RunOptions options) {
    try (PoseDetector detector = options.open(PoseDetector.builder(one.model()))) {
      JsonNode boxes = one.json().path("boxes");
      List<Pose> poses = one.withPicture(picture -> detect(detector, picture, boxes));
      return compare(poses, one.expected().path("key_points"));
    }
  }

  private static List<Pose> detect(PoseDetector detector, Image picture, JsonNode boxes) {
    if (!boxes.isArray()) {
      return List.of(detector.detect(picture));
    }
    List<Box> list = new ArrayList<>();
    for (JsonNode box : boxes) {
      float[] b = JsonFile.floats(box);
      list.add(new Box(b[0], b[1], b[2], b[3]));
    }
    return detector.detect(picture, list);
  }

  private static Verdict compare(List<Pose> poses, JsonNode expected) {
    if (poses.size() != expected.size()) {
      return Verdict.differs("%d poses, expected %d".formatted(poses.size(), expected.size()));
    }
    for (int i = 0; i < poses.size(); i++) {
      Verdict verdict = compare("pose " + i, poses.get(i), expected.get(i));
      if (!verdict.passed()) {
        return verdict;
      }
    }
    return Verdict.AGREES;
  }

  /** Compares one pose, called {@code name} in the verdict. */
  static Verdict compare(String name, Pose pose, JsonNode expected) {
    List<KeyPoint> points = pose.keyPoints();
    if (points.size() != expected.size()) {
      return Verdict.differs(
          "%s: %d points, expected %d".formatted(name, points.size(), expected.size()));
    }
    for (int k = 0; k < points.size(); k++) {
      float[] b = JsonFile.floats(expected.get(k));
      KeyPoint wanted = new KeyPoint(b[0], b[1], b[2]);
      if (distance(points.get(k), wanted) > 1) {
        return Verdict.differs(
            "%s: point %d is %s, expected %s".formatted(name, k, points.get(k), wanted));
      }
    }
    return Verdict.AGREES;
  }

  private static double distance(KeyPoint a, KeyPoint b) {
    return Comparison.worst(
        Comparison.pixels(a.x(), b.x()),
        Comparison.pixels(a.y(), b.y()),
        Comparison.scores(a.score(), b.score()));
  }
}
