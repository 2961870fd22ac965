package dev.avocet.pipeline.internal;

import dev.avocet.Stats;
import java.time.Duration;
import java.util.Arrays;
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
  private final ConcurrentHistogram[] histograms;

  StageTimes() {
    histograms = new ConcurrentHistogram[Stage.values().length];
    Arrays.setAll(histograms, i -> new ConcurrentHistogram(100, HIGHEST, 2));
  }

  void record(Stage stage, long fromNanos, long toNanos) {
    histograms[stage.ordinal()].recordValue(Math.min(HIGHEST, toNanos - fromNanos));
  }

  Stats stats() {
    return new Stats(
        Arrays.stream(Stage.values())
            .map(
                stage -> {
                  ConcurrentHistogram h = histograms[stage.ordinal()];
                  return new Stats.Stage(
                      stage.label,
                      h.getTotalCount(),
                      Duration.ofNanos(h.getValueAtPercentile(50)),
                      Duration.ofNanos(h.getValueAtPercentile(99)));
                })
            .toList());
  }
}
