package dev.avocet.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;

/** How many there are, in words. Stateless. */
final class Counts {
  private static final String NOTHING = "nothing found";

  private Counts() {}

  /** How many. */
  static String found(int count) {
    return count == 0 ? NOTHING : count + " found";
  }

  /** How many of each name, in the order of the first ones. */
  static <T> String byName(List<T> found, Function<T, String> name) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    found.forEach(one -> counts.merge(name.apply(one), 1, Integer::sum));
    StringJoiner text = new StringJoiner(", ").setEmptyValue(NOTHING);
    counts.forEach((word, count) -> text.add(count + " " + word));
    return text.toString();
  }
}
