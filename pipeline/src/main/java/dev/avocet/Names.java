package dev.avocet;

import java.util.Locale;
import java.util.Optional;

/** What results are called where they are shown. Stateless. */
final class Names {
  private Names() {}

  /** The label, or the class's number where there is none. */
  static String of(int classId, Optional<String> label) {
    return label.orElse("class " + classId);
  }

  /** A name and a score. */
  static String scored(String name, float score) {
    return String.format(Locale.ROOT, "%s %.2f", name, score);
  }
}
