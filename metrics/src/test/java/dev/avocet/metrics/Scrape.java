package dev.avocet.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Prometheus reads. */
final class Scrape {
  private Scrape() {}

  /** Values by name and labels, as they stand there. */
  static Map<String, Double> of(PrometheusMeterRegistry registry) {
    Map<String, Double> values = new LinkedHashMap<>();
    registry
        .scrape()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              values.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            });
    return values;
  }
}
