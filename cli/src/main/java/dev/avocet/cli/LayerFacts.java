package dev.avocet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.avocet.Stats;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

/** What {@code bench} says of a network's layers, where the engine times them. */
final class LayerFacts {
  private static final int MOST_ROWS = 10;

  private LayerFacts() {}

  /** All layers, in the order given, in the form that docs/json.md fixes. */
  static ArrayNode json(List<Stats.Layer> layers) {
    ArrayNode array = JsonLine.array(List.of());
    for (Stats.Layer layer : layers) {
      array
          .addObject()
          .put("name", layer.name())
          .put("type", layer.type())
          .put("kernel", layer.kernel())
          .put("count", layer.count())
          .put("mean_ms", Math.round(layer.mean().toNanos() / 1e2) / 1e4);
    }
    return array;
  }

  /** A table of the slowest of them; empty where there are none. */
  static String slowest(JsonNode layers) {
    TextTable table = new TextTable("slowest layers", "type", "kernel", "runs", "mean ms");
    StreamSupport.stream(layers.spliterator(), false)
        .sorted(Comparator.comparingDouble(layer -> -layer.path("mean_ms").asDouble()))
        .limit(MOST_ROWS)
        .forEach(
            layer ->
                table.row(
                    layer.path("name").asText(),
                    layer.path("type").asText(),
                    layer.path("kernel").asText(),
                    layer.path("count").asText(),
                    TextTable.number(layer.path("mean_ms").asDouble(), 3)));
    return layers.isEmpty() ? "" : "\n" + table;
  }
}
