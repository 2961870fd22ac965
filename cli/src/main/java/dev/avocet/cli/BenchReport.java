package dev.avocet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.Stats;
import java.time.Duration;
import java.util.Locale;

/** What {@code bench} says about one device. */
final class BenchReport {
  private BenchReport() {}

  /** Adds the figures to what is known about the model and the picture. */
  static void add(ObjectNode facts, BenchResult result, int threads, int concurrency) {
    facts.put("engine", result.engine()).put("threads", threads);
    ArrayNode stages = facts.putArray("stages");
    for (Stats.Stage stage : result.stats().stages()) {
      stages
          .addObject()
          .put("name", stage.name())
          .put("count", stage.count())
          .put("p50_ms", millis(stage.p50()))
          .put("p99_ms", millis(stage.p99()));
    }
    facts.set("layers", LayerFacts.json(result.stats().layers()));
    times(facts, result);
    facts.put("alternations", result.ratios().size());
    facts.put("block", result.block()).put("concurrency", concurrency);
    rates(facts, result);
  }

  /** Adds the times of whole call and engine alone, and their ratio. */
  static void times(ObjectNode facts, BenchResult result) {
    facts.set("engine_alone", times(result.engineAlone()));
    facts.set("whole_call", times(result.wholeCall()));
    facts
        .put("ratio", rounded(result.ratio(0.5), 1e3))
        .put("ratio_lower_quartile", rounded(result.ratio(0.25), 1e3));
  }

  /** Adds calls a second, bytes a call, and calls a joule. */
  static void rates(ObjectNode facts, BenchResult result) {
    facts
        .put("calls_per_s", rounded(result.callsPerSecond(), 1e2))
        .put("heap_bytes_per_call", rounded(result.heapBytesPerCall(), 1e1));
    BoardJson.put(facts, "watts", result.watts(), 1);
    BoardJson.put(facts, "calls_per_joule", result.callsPerJoule(), 1);
  }

  private static ObjectNode times(Samples samples) {
    return JsonLine.object()
        .put("count", samples.size())
        .put("p50_ms", rounded(samples.millis(0, 0.5), 1e4))
        .put("p99_ms", rounded(samples.millis(0, 0.99), 1e4));
  }

  private static double millis(Duration duration) {
    return rounded(duration.toNanos() / 1e6, 1e4);
  }

  static double rounded(double value, double parts) {
    return Math.round(value * parts) / parts;
  }

  /** The same for people. */
  static String text(JsonNode facts) {
    StringBuilder text = new StringBuilder(headline(facts));
    text.append(facts.path("engine").asText()).append("\n\n");
    TextTable table = new TextTable("stage", "calls", "p50 ms", "p99 ms");
    for (JsonNode stage : facts.path("stages")) {
      row(table, stage.path("name").asText(), stage);
    }
    row(table, "whole call", facts.path("whole_call"));
    row(table, "engine alone", facts.path("engine_alone"));
    text.append(table).append(LayerFacts.slowest(facts.path("layers")));
    text.append(
        String.format(
            Locale.ROOT,
            "%n  ratio %.3f (lower quartile %.3f; whole call / engine alone, %d alternations of %d)%n",
            facts.path("ratio").asDouble(),
            facts.path("ratio_lower_quartile").asDouble(),
            facts.path("alternations").asInt(),
            facts.path("block").asInt()));
    text.append(
        String.format(
            Locale.ROOT,
            "  %.1f calls a second with %d at once, %.0f heap bytes a call%n",
            facts.path("calls_per_s").asDouble(),
            facts.path("concurrency").asInt(),
            facts.path("heap_bytes_per_call").asDouble()));
    if (facts.path("watts").isNumber()) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %.2f W meanwhile: %.2f calls a joule%n",
              facts.path("watts").asDouble(),
              facts.path("calls_per_joule").asDouble()));
    }
    return text.toString();
  }

  /** Model and picture. */
  static String headline(JsonNode facts) {
    return "%s on %s, %d x %d%n"
        .formatted(
            facts.path("model").asText(),
            facts.path("input").asText("noise"),
            facts.path("width").asInt(),
            facts.path("height").asInt());
  }

  private static void row(TextTable table, String name, JsonNode times) {
    table.row(
        name,
        times.path("count").asText(),
        TextTable.number(times.path("p50_ms").asDouble(), 3),
        TextTable.number(times.path("p99_ms").asDouble(), 3));
  }
}
