package dev.avocet.testing;

import java.util.LinkedHashMap;
import java.util.Map;

/** What Prometheus reads. */
public final class Scrape {
  private Scrape() {}

  /**
   * Values by name and labels, as they stand there.
   *
   * @param text in Prometheus' text format
   */
  public static Map<String, Double> values(String text) {
    Map<String, Double> values = new LinkedHashMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              values.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            });
    return values;
  }
}
