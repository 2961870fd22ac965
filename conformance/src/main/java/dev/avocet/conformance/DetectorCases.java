package dev.avocet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.Box;
import dev.avocet.Detection;
import dev.avocet.Detector;
import dev.avocet.core.Mask;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares detections as sets: as many, and for each expected one an answered one of the same class
 * whose score is within 1e-4, whose edges are within 0.01 px, and whose mask has the same size and
 * the same number of pixels in every row but for one pixel in a thousand.
 */
final class DetectorCases implements TaskRunner {
  private static final double MASK_SHARE = 0.001;

  /**
   * A detection, answered or expected.
   *
   * @param box x1, y1, x2, y2
   * @param rows of the mask: its width, and the number of its pixels in each row
   */
  private record Found(int classId, float score, Box box, Optional<List<Integer>> rows) {
    static Found of(Detection d) {
      return new Found(d.classId(), d.score(), d.box(), d.mask().map(Found::rows));
    }

    private static List<Integer> rows(Mask mask) {
      int width = mask.window().width();
      List<Integer> rows = new ArrayList<>();
      rows.add(width);
      ByteBuffer pixels = mask.pixels();
      while (pixels.hasRemaining()) {
        int set = 0;
        for (int x = 0; x < width; x++) {
          set += pixels.get() != 0 ? 1 : 0;
        }
        rows.add(set);
      }
      return rows;
    }

    static Found of(JsonNode label, JsonNode box, JsonNode mask) {
      float[] numbers = JsonFile.floats(box);
      return new Found(
          label.intValue(),
          numbers[4],
          new Box(numbers[0], numbers[1], numbers[2], numbers[3]),
          mask.isObject() ? Optional.of(rows(mask)) : Optional.empty());
    }

    private static List<Integer> rows(JsonNode mask) {
      List<Integer> rows = new ArrayList<>();
      rows.add(mask.path("shape").path(1).intValue());
      mask.path("rows").forEach(row -> rows.add(row.intValue()));
      return rows;
    }

    double distance(Found other) {
      if (classId != other.classId) {
        return Double.POSITIVE_INFINITY;
      }
      return Comparison.worst(
          Comparison.scores(score, other.score),
          Comparison.pixels(box.x1(), other.box.x1()),
          Comparison.pixels(box.y1(), other.box.y1()),
          Comparison.pixels(box.x2(), other.box.x2()),
          Comparison.pixels(box.y2(), other.box.y2()),
          masks(rows, other.rows));
    }

    private static double masks(Optional<List<Integer>> a, Optional<List<Integer>> b) {
      if (a.isEmpty() && b.isEmpty()) {
        return 0;
      }
      List<Integer> one = a.orElse(List.of());
      List<Integer> two = b.orElse(List.of());
      if (one.size() != two.size() || !one.get(0).equals(two.get(0))) {
        return Double.POSITIVE_INFINITY;
      }
      int unequal = 0;
      for (int i = 1; i < one.size(); i++) {
        unequal += Math.abs(one.get(i) - two.get(i));
      }
      return unequal / Math.max(1, MASK_SHARE * one.get(0) * (one.size() - 1));
    }

    @Override
    public String toString() {
      String mask =
          rows.map(
                  r ->
                      " mask=%dx%d with %d pixels"
                          .formatted(
                              r.get(0),
                              r.size() - 1,
                              r.stream().skip(1).mapToInt(Integer::intValue).sum()))
              .orElse("");
      return "class=%d score=%s box=[%s, %s, %s, %s]%s"
          .formatted(classId, score, box.x1(), box.y1(), box.x2(), box.y2(), mask);
    }
  }

  @Override
  public Verdict run(Case one, RunOptions options) {
    JsonNode expected = one.expected();
    List<Found> wanted = new ArrayList<>();
    for (int i = 0; i < expected.path("boxes").size(); i++) {
      wanted.add(
          Found.of(
              expected.path("labels").path(i),
              expected.path("boxes").path(i),
              expected.path("masks").path(i)));
    }
    try (Detector detector = options.open(Detector.builder(one.model()))) {
      List<Found> found = one.withPicture(detector::detect).stream().map(Found::of).toList();
      return Comparison.sets(found, wanted, Found::distance, Found::toString);
    }
  }
}
