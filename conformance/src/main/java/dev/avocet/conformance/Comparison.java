package dev.avocet.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;

/** What counts as equal. Distances are in units of what is allowed: up to 1 agrees. Stateless. */
final class Comparison {
  private static final double SCORE = 1e-4;
  private static final double PIXELS = 0.01;

  private Comparison() {}

  static double scores(double a, double b) {
    return Math.abs(a - b) / SCORE;
  }

  static double pixels(double a, double b) {
    return Math.abs(a - b) / PIXELS;
  }

  /** The largest of several distances; NaN counts as far. */
  static double worst(double... distances) {
    double worst = 0;
    for (double distance : distances) {
      worst = Math.max(worst, Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance);
    }
    return worst;
  }

  /**
   * Compares lists whose order does not matter: as many, and for each expected thing an answered
   * one of its own that agrees with it.
   *
   * @param text of a thing, for the message
   */
  static <T> Verdict sets(
      List<T> answers,
      List<T> expected,
      ToDoubleBiFunction<T, T> distance,
      Function<T, String> text) {
    if (answers.size() != expected.size()) {
      return Verdict.differs("%d answers, expected %d".formatted(answers.size(), expected.size()));
    }
    List<T> left = new ArrayList<>(answers);
    for (T wanted : expected) {
      Optional<T> nearest =
          left.stream()
              .min(Comparator.comparingDouble(found -> distance.applyAsDouble(found, wanted)));
      if (nearest.isEmpty() || !(distance.applyAsDouble(nearest.get(), wanted) <= 1)) {
        return Verdict.differs(
            "expected %s, nearest is %s"
                .formatted(text.apply(wanted), nearest.map(text).orElse("none")));
      }
      left.remove(nearest.get());
    }
    return Verdict.AGREES;
  }
}
