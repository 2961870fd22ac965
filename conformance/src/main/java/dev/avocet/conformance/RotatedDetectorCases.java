package dev.avocet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.RotatedDetection;
import dev.avocet.RotatedDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares rotated detections as sets: classes exactly, centre and size within 0.01 px, angle and
 * score within 1e-4.
 */
final class RotatedDetectorCases implements TaskRunner {
  @Override
  public Verdict run(Case one, RunOptions options) {
    JsonNode expected = one.expected();
    List<RotatedDetection> wanted = new ArrayList<>();
    for (JsonNode box : expected.path("boxes")) {
      float[] b = JsonFile.floats(box);
      int id = expected.path("labels").path(wanted.size()).intValue();
      wanted.add(new RotatedDetection(id, Optional.empty(), b[5], b[0], b[1], b[2], b[3], b[4]));
    }
    try (RotatedDetector detector = options.open(RotatedDetector.builder(one.model()))) {
      return Comparison.sets(
          one.withPicture(detector::detect),
          wanted,
          RotatedDetectorCases::distance,
          RotatedDetection::toString);
    }
  }

  private static double distance(RotatedDetection a, RotatedDetection b) {
    if (a.classId() != b.classId()) {
      return Double.POSITIVE_INFINITY;
    }
    return Comparison.worst(
        Comparison.pixels(a.cx(), b.cx()),
        Comparison.pixels(a.cy(), b.cy()),
        Comparison.pixels(a.width(), b.width()),
        Comparison.pixels(a.height(), b.height()),
        Comparison.scores(a.angle(), b.angle()),
        Comparison.scores(a.score(), b.score()));
  }
}
