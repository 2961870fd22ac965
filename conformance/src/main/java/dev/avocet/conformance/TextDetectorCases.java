package dev.avocet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.TextDetector;
import dev.avocet.TextRegion;
import dev.avocet.core.Point;
import dev.avocet.core.Quad;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares regions of text as sets: scores within 1e-4, corners within 0.5 px, since the reference
 * rounds them. A quadrilateral may start at another corner, but goes around the same way.
 */
final class TextDetectorCases implements TaskRunner {
  private static final double ROUNDED = 0.5;

  @Override
  public Verdict run(Case one, RunOptions options) {
    List<TextRegion> wanted = new ArrayList<>();
    for (JsonNode box : one.expected().path("boxes")) {
      float[] b = JsonFile.floats(box);
      Quad quad =
          new Quad(
              new Point(b[0], b[1]),
              new Point(b[2], b[3]),
              new Point(b[4], b[5]),
              new Point(b[6], b[7]));
      wanted.add(new TextRegion(quad, b[8]));
    }
    try (TextDetector detector = options.open(TextDetector.builder(one.model()))) {
      return Comparison.sets(
          one.withPicture(detector::detect),
          wanted,
          TextDetectorCases::distance,
          TextRegion::toString);
    }
  }

  private static double distance(TextRegion a, TextRegion b) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int start = 0; start < 4; start++) {
      double worst = 0;
      for (int i = 0; i < 4; i++) {
        Point p = a.quad().corners().get((start + i) % 4);
        Point q = b.quad().corners().get(i);
        worst =
            Comparison.worst(
                worst, Math.abs(p.x() - q.x()) / ROUNDED, Math.abs(p.y() - q.y()) / ROUNDED);
      }
      nearest = Math.min(nearest, worst);
    }
    return Comparison.worst(nearest, Comparison.scores(a.score(), b.score()));
  }
}
