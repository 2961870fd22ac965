package dev.avocet.bridge;

import dev.avocet.Stats;
import dev.avocet.core.Value;
import dev.avocet.core.board.BoardReading;
import dev.avocet.core.board.BoardReading.Temperature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Counts and times as JSON. Stateless. */
final class StatsJson {
  private static final double NANOS_PER_MS = 1e6;

  private StatsJson() {}

  /**
   * {@code {"stages": [{"name", "count", "p50_ms", "p99_ms"}, …], "board": {"watts",
   * "hottest_celsius", "gpu_load", "cpu_load", "throttling": […]}, "calls_per_joule"}}; a number
   * that is not known is null.
   */
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
    return Value.object(
        Map.entry("stages", Value.of(stages)),
        Map.entry("board", board(stats.board())),
        Map.entry("calls_per_joule", known(stats.callsPerJoule())));
  }

  private static Value board(BoardReading board) {
    return Value.object(
        Map.entry("watts", known(board.power().watts())),
        Map.entry(
            "hottest_celsius",
            Value.of(board.hottest().map(Temperature::celsius).orElse(Double.NaN))),
        Map.entry("gpu_load", known(board.load("gpu"))),
        Map.entry("cpu_load", known(board.load("cpu"))),
        Map.entry("throttling", Value.of(board.throttling().stream().map(Value::of).toList())));
  }

  /** JSON has no numbers that are none: what is not known is null there. */
  private static Value known(OptionalDouble number) {
    return Value.of(number.orElse(Double.NaN));
  }

  private static Value millis(Duration time) {
    return Value.of(time.toNanos() / NANOS_PER_MS);
  }
}
