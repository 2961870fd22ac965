package dev.avocet.pipeline.internal;

import dev.avocet.Stats;
import dev.avocet.core.board.BoardReading;
import dev.avocet.core.net.LayerTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
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

  /** Times of one stage; the histogram rounds, so that it cannot add them up. */
  private record Times(ConcurrentHistogram histogram, LongAdder total) {}

  private static final class Sum {
    private long runs;
    private long nanos;
  }

  /** Bounds what an engine that makes up new names can fill. */
  private static final int MOST_LAYERS = 10_000;

  private static final long HIGHEST = Duration.ofHours(1).toNanos();
  private final String network;
  private final Map<Stage, Times> stages = new EnumMap<>(Stage.class);
  private final Map<Layer, Sum> layers = new LinkedHashMap<>();
  private final Efficiency efficiency = new Efficiency();

  /**
   * Nothing yet.
   *
   * @param network name of the network, for Java Flight Recorder
   */
  StageTimes(String network) {
    this.network = network;
    for (Stage stage : Stage.values()) {
      stages.put(stage, new Times(new ConcurrentHistogram(100, HIGHEST, 2), new LongAdder()));
    }
  }

  /** A stage begins, for Java Flight Recorder. */
  Span begin(Stage stage, int pictures) {
    return Span.stage(network, stage.label, pictures);
  }

  void record(Stage stage, long fromNanos, long toNanos) {
    Times times = stages.get(stage);
    times.total.add(toNanos - fromNanos);
    times.histogram.recordValue(Math.min(HIGHEST, toNanos - fromNanos));
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

  private Stats.Stage stage(Stage stage) {
    ConcurrentHistogram histogram = stages.get(stage).histogram;
    return new Stats.Stage(
        stage.label,
        histogram.getTotalCount(),
        Duration.ofNanos(stages.get(stage).total.sum()),
        Duration.ofNanos(histogram.getValueAtPercentile(50)),
        Duration.ofNanos(histogram.getValueAtPercentile(99)));
  }

  /**
   * Counts and times so far.
   *
   * @param board what it says now
   */
  Stats stats(BoardReading board) {
    return new Stats(
        Arrays.stream(Stage.values()).map(this::stage).toList(),
        layers(),
        board,
        efficiency.since(board));
  }
}
