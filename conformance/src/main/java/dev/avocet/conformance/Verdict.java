package dev.avocet.conformance;

import dev.avocet.core.AvocetException;
import java.util.Locale;

/**
 * What became of a case. The text is {@code ok}, {@code differs: why}, {@code error: why} or {@code
 * unanswered: why}.
 *
 * @param kind which of the four
 * @param why empty with {@code OK}
 */
public record Verdict(Kind kind, String why) {
  /** The four outcomes. */
  public enum Kind {
    /** The answers agree within the tolerances. */
    OK,
    /** There is an answer, and it is another one. */
    DIFFERS,
    /** There is no answer. */
    ERROR,
    /** The reference has no answer to compare with. */
    UNANSWERED
  }

  /** The answers agree. */
  public static final Verdict AGREES = new Verdict(Kind.OK, "");

  static final Verdict NOTHING_TO_COMPARE =
      new Verdict(Kind.UNANSWERED, "the case has no answer of the reference");

  static Verdict differs(String why) {
    return new Verdict(Kind.DIFFERS, why);
  }

  static Verdict error(AvocetException e) {
    String status = e.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return new Verdict(Kind.ERROR, status + ": " + e.getMessage());
  }

  /** Whether the answers agree. */
  public boolean passed() {
    return kind == Kind.OK;
  }

  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return passed() ? name : name + ": " + why;
  }
}
