package dev.avocet.bridge;

import dev.avocet.Stats;
import dev.avocet.core.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Counts and times as JSON. Stateless. */
final class StatsJson {
  private static final double NANOS_PER_MS = 1e6;

  private StatsJson() {}

  /** {@code {"stages": [{"name", "count", "p50_ms", "p99_ms"}, …]}}. */
  static Value of(Stats stats) {
    List<Value> stages = new ArrayList<>();
    for (Stats.Stage stage : stats.stages()) {
      stages.add(
          Value.object(
              Map.entry("name", Value.of(stage.name())),
              Map.entry("count", Value.of(stage.count())),
              Map.entry("p50_ms", millis(stage.p50())),
              Map.entry("p99_ms", millis(stage.p99()))));
    }
    return Value.object(Map.entry("stages", Value.of(stages)));
  }

  private static Value millis(Duration time) {
    return Value.of(time.toNanos() / NANOS_PER_MS);
  }
}
