package dev.avocet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code bench --device all} says: a row for each device. */
final class BenchComparison {
  private BenchComparison() {}

  /** Adds the outcomes to what is known about the model and the picture. */
  static void add(ObjectNode facts, List<Bench.Outcome> outcomes, int threads, int concurrency) {
    List<BenchResult> results = outcomes.stream().flatMap(o -> o.result().stream()).toList();
    Optional<BenchResult> fastest =
        results.stream().min(Comparator.comparing(r -> r.wholeCall().millis(0, 0.5)));
    facts.put("threads", threads).put("concurrency", concurrency);
    facts.put("alternations", fastest.map(r -> r.ratios().size()).orElse(0));
    ArrayNode devices = facts.putArray("devices");
    for (Bench.Outcome outcome : outcomes) {
      ObjectNode row = devices.addObject().put("device", outcome.device().toString());
      if (outcome.result().isPresent() && fastest.isPresent()) {
        BenchResult result = outcome.result().get();
        row.put("engine", result.engine());
        BenchReport.times(row, result);
        row.put("to_fastest", BenchReport.rounded(result.relativeTo(fastest.get()), 1e3));
        row.put("block", result.block());
        BenchReport.rates(row, result);
        row.putNull("error");
      } else {
        row.putNull("engine").putNull("engine_alone").putNull("whole_call");
        row.putNull("ratio").putNull("ratio_lower_quartile").putNull("to_fastest");
        row.putNull("block").putNull("calls_per_s").putNull("heap_bytes_per_call");
        row.putNull("watts").putNull("calls_per_joule");
        row.set("error", JsonLine.error(outcome.reason()));
      }
    }
  }

  /** The same for people. */
  static String text(JsonNode facts) {
    TextTable table =
        new TextTable(
            "device",
            "whole call p50 ms",
            "engine alone p50 ms",
            "ratio",
            "to fastest",
            "calls/s",
            "heap B/call");
    for (JsonNode row : facts.path("devices")) {
      String device = row.path("device").asText();
      if (row.path("error").isObject()) {
        table.row(device, Main.oneLine(row.path("error").path("message").asText()));
      } else {
        table.row(
            device,
            TextTable.number(row.path("whole_call").path("p50_ms").asDouble(), 3),
            TextTable.number(row.path("engine_alone").path("p50_ms").asDouble(), 3),
            TextTable.number(row.path("ratio").asDouble(), 3),
            TextTable.number(row.path("to_fastest").asDouble(), 3),
            TextTable.number(row.path("calls_per_s").asDouble(), 1),
            TextTable.number(row.path("heap_bytes_per_call").asDouble(), 0));
      }
    }
    StringBuilder text = new StringBuilder(BenchReport.headline(facts));
    for (JsonNode row : facts.path("devices")) {
      if (row.path("engine").isTextual()) {
        text.append(row.path("device").asText()).append(": ");
        text.append(row.path("engine").asText()).append('\n');
      }
    }
    return text.append('\n')
        .append(table)
        .append(
            String.format(
                Locale.ROOT,
                "%n  ratio: whole call / engine alone; to fastest: whole call / that of the fastest"
                    + " device;%n  both are medians of %d alternations. Calls a second: %d at"
                    + " once.%n",
                facts.path("alternations").asInt(),
                facts.path("concurrency").asInt()))
        .toString();
  }
}
