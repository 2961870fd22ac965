package dev.avocet.pipeline.internal;

import dev.avocet.Stats;
import dev.avocet.core.board.BoardReading;
import dev.avocet.core.board.Boards;
import dev.avocet.core.net.LayerTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Times of a handle's stages, and of the network's layers where the engine tells them, in
 * nanoseconds. Thread safe; recording stages allocates nothing.
 */
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

  /** What makes two times those of one layer. */
  private record Layer(String name, String type, String kernel) {}

  private static final class Sum {
    private long runs;
    private long nanos;
  }

  /** Bounds what an engine that makes up new names can fill. */
  private static final int MOST_LAYERS = 10_000;

  private static final long HIGHEST = Duration.ofHours(1).toNanos();
  private final Map<Stage, ConcurrentHistogram> histograms = new EnumMap<>(Stage.class);

  private final Map<Layer, Sum> layers = new LinkedHashMap<>();
  private final Efficiency efficiency = new Efficiency();

  StageTimes() {
    for (Stage stage : Stage.values()) {
      histograms.put(stage, new ConcurrentHistogram(100, HIGHEST, 2));
    }
  }

  void record(Stage stage, long fromNanos, long toNanos) {
    histograms.get(stage).recordValue(Math.min(HIGHEST, toNanos - fromNanos));
  }

  /** Counts calls that a run has answered. */
  void answered(int calls) {
    efficiency.answered(calls);
  }

  void recordLayers(List<LayerTime> run) {
    if (run.isEmpty()) {
      return;
    }
    synchronized (layers) {
      for (LayerTime time : run) {
        Layer layer = new Layer(time.name(), time.type(), time.kernel());
        if (layers.size() < MOST_LAYERS || layers.containsKey(layer)) {
          Sum sum = layers.computeIfAbsent(layer, l -> new Sum());
          sum.runs++;
          sum.nanos += time.time().toNanos();
        }
      }
    }
  }

  private List<Stats.Layer> layers() {
    List<Stats.Layer> list = new ArrayList<>();
    synchronized (layers) {
      layers.forEach(
          (layer, sum) ->
              list.add(
                  new Stats.Layer(
                      layer.name,
                      layer.type,
                      layer.kernel,
                      sum.runs,
                      Duration.ofNanos(sum.nanos / sum.runs))));
    }
    return list;
  }

  Stats stats() {
    BoardReading board = Boards.here().read();
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
            .toList(),
        layers(),
        board,
        efficiency.since(board));
  }
}
