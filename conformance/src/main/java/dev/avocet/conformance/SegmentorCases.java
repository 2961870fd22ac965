package dev.avocet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.Segmentation;
import dev.avocet.Segmentor;
import dev.avocet.core.Image;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/** Compares label maps exactly, score maps within 1e-4. */
final class SegmentorCases implements TaskRunner {
  @Override
  public Verdict run(Case one, RunOptions options) {
    JsonNode expected = one.expected();
    try (Segmentor segmentor = options.open(Segmentor.builder(one.model()))) {
      Segmentation map = one.withPicture(segmentor::segment);
      if (expected.has("scores")) {
        return compareScores(map, one.expectedArray());
      }
      try (Image labels = Image.read(one.expectedPicture())) {
        return compareLabels(map, labels);
      }
    }
  }

  private static Verdict compareScores(Segmentation map, NpyArray wanted) {
    Optional<FloatBuffer> scores = map.scores();
    if (scores.isEmpty()) {
      return Verdict.differs("no scores");
    }
    FloatBuffer found = scores.get();
    List<Integer> shape =
        List.of(found.limit() / (map.width() * map.height()), map.height(), map.width());
    if (!shape.equals(wanted.shape())) {
      return Verdict.differs("shape %s, expected %s".formatted(shape, wanted.shape()));
    }
    for (int i = 0; i < found.limit(); i++) {
      if (!(Comparison.scores(found.get(i), wanted.values().get(i)) <= 1)) {
        return Verdict.differs(
            "score %d is %s, expected %s".formatted(i, found.get(i), wanted.values().get(i)));
      }
    }
    return Verdict.AGREES;
  }

  private static Verdict compareLabels(Segmentation map, Image wanted) {
    if (map.width() != wanted.width() || map.height() != wanted.height()) {
      return Verdict.differs(
          "a map of %dx%d, expected %dx%d"
              .formatted(map.width(), map.height(), wanted.width(), wanted.height()));
    }
    ByteBuffer pixels = wanted.plane(0);
    int stride = wanted.planes().get(0).stride();
    int step = wanted.format().channels();
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        int label = pixels.get(y * stride + x * step) & 0xff;
        if (map.label(x, y) != label) {
          return Verdict.differs(
              "x=%d y=%d: class %d, expected %d".formatted(x, y, map.label(x, y), label));
        }
      }
    }
    return Verdict.AGREES;
  }
}
