package dev.avocet.pipeline.internal;

import dev.avocet.Stats;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.ConcurrentHistogram;

/** Times of a handle's stages, in nanoseconds. Thread safe; recording allocates nothing. */
final class StageTimes {
  /** The stages in order of appearance. */
  enum Stage {
    PREPROCESS("preprocess"),
    NET("net"),
    POSTPROCESS("postprocess"),
    /** From the slot's first to its last step for one run. */
    CALL("call");

    private final String label;

    Stage(String label) {
      this.label = label;
    }
  }

  private static final long HIGHEST = Duration.ofHours(1).toNanos();
  private final Map<Stage, ConcurrentHistogram> histograms = new EnumMap<>(Stage.class);

  StageTimes() {
    for (Stage stage : Stage.values()) {
      histograms.put(stage, new ConcurrentHistogram(100, HIGHEST, 2));
    }
  }

  void record(Stage stage, long fromNanos, long toNanos) {
    histograms.get(stage).recordValue(Math.min(HIGHEST, toNanos - fromNanos));
  }

  Stats stats() {
    return new Stats(
        Arrays.stream(Stage.values())
            .map(
                stage -> {
                  ConcurrentHistogram h = histograms.get(stage);
                  return new Stats.Stage(
                      stage.label,
                      h.getTotalCount(),
                      Duration.ofNanos(h.getValueAtPercentile(50)),
                      Duration.ofNanos(h.getValueAtPercentile(99)));
                })
            .toList());
  }
}
