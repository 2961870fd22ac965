package dev.avocet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.Classification;
import dev.avocet.Classifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares classes: the same ones, with scores within 1e-4, in falling order of them where the
 * reference's fall (equal ones may come in either order).
 */
final class ClassifierCases implements TaskRunner {
  @Override
  public Verdict run(Case one, RunOptions options) {
    try (Classifier classifier = options.open(Classifier.builder(one.model()))) {
      return compare(one.withPicture(classifier::classify), one.expected());
    }
  }

  static Verdict compare(List<Classification> answers, JsonNode expected) {
    List<Classification> wanted = new ArrayList<>();
    for (JsonNode label : expected.path("labels")) {
      int id = label.path(0).intValue();
      wanted.add(new Classification(id, Optional.empty(), label.path(1).floatValue()));
    }
    Verdict sets =
        Comparison.sets(answers, wanted, ClassifierCases::distance, ClassifierCases::text);
    for (int i = 0; sets.passed() && i < wanted.size(); i++) {
      if (Comparison.scores(answers.get(i).score(), wanted.get(i).score()) > 1) {
        return Verdict.differs(
            "place %d: %s, expected %s".formatted(i, text(answers.get(i)), text(wanted.get(i))));
      }
    }
    return sets;
  }

  private static double distance(Classification a, Classification b) {
    return a.classId() == b.classId()
        ? Comparison.scores(a.score(), b.score())
        : Double.POSITIVE_INFINITY;
  }

  private static String text(Classification c) {
    return "class=%d score=%s".formatted(c.classId(), c.score());
  }
}
