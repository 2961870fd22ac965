package dev.avocet.pipeline.internal;

import dev.avocet.core.Shape;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.pipeline.internal.StageTimes.Stage;
import dev.avocet.preprocess.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls on their way through a slot. Those whose tensors have one shape share runs of the network,
 * each of which is {@link #prepare}, then {@link #run} or {@link #start}, then {@link #decode}.
 * Used by one thread at a time.
 *
 * @param <T> what the head decodes to
 * @param <R> the caller's result
 */
final class SlotRun<T, R> {
  private final Slot<T> slot;
  private final List<Call<T, R>> calls;
  private final Object[] answers;
  private final Iterator<List<Integer>> groups;
  private List<Integer> group = List.of();
  private SampleMeta[] metas = {};
  private long first;
  private long ready;
  private long ended;
  private Span whole = Span.NONE;
  private Span net = Span.NONE;

  SlotRun(Slot<T> slot, List<Call<T, R>> calls) {
    this.slot = slot;
    this.calls = calls;
    this.answers = new Object[calls.size()];
    this.groups = groups().iterator();
  }

  /** Which calls share a run. */
  private List<List<Integer>> groups() {
    if (calls.size() == 1) {
      return List.of(List.of(0));
    }
    Map<Shape, List<Integer>> shapes = new LinkedHashMap<>();
    for (int i = 0; i < calls.size(); i++) {
      shapes.computeIfAbsent(slot.shape(calls.get(i)), s -> new ArrayList<>()).add(i);
    }
    List<List<Integer>> parts = new ArrayList<>();
    for (List<Integer> same : shapes.values()) {
      for (int from = 0; from < same.size(); from += slot.maxBatch()) {
        parts.add(same.subList(from, Math.min(same.size(), from + slot.maxBatch())));
      }
    }
    return parts;
  }

  /** Fills the network's input for the next run; answers false where all calls are answered. */
  boolean prepare() {
    if (!groups.hasNext()) {
      return false;
    }
    first = System.nanoTime();
    group = groups.next();
    whole = slot.times().begin(Stage.CALL, group.size());
    Span filling = slot.times().begin(Stage.PREPROCESS, group.size());
    List<Source> sources = new ArrayList<>(group.size());
    for (int i : group) {
      sources.add(calls.get(i).source());
    }
    metas = slot.fill(sources);
    ready = System.nanoTime();
    slot.times().record(Stage.PREPROCESS, first, ready);
    filling.commit();
    net = slot.times().begin(Stage.NET, group.size());
    return true;
  }

  /** Runs the network on what is prepared. */
  void run() {
    slot.net().run();
    ended = System.nanoTime();
    net.end();
  }

  /** The same without waiting for the end; see {@link dev.avocet.core.net.NetSlot#start}. */
  void start(Runnable told) {
    slot.net()
        .start(
            () -> {
              ended = System.nanoTime();
              net.end();
              told.run();
            });
  }

  /** Makes the answers of those that took part in the run. */
  void decode() {
    slot.net().finish();
    slot.times().record(Stage.NET, ready, ended);
    net.commit();
    slot.times().recordLayers(slot.net().layers());
    slot.takeOutputs();
    for (int k = 0; k < metas.length; k++) {
      int i = group.get(k);
      answers[i] = slot.decode(calls.get(i), k, metas[k]);
    }
    slot.times().record(Stage.CALL, first, System.nanoTime());
    whole.commit();
    slot.times().answered(metas.length);
  }

  /** All answers, in the order of the calls. */
  @SuppressWarnings("unchecked") // only decode() puts anything there
  List<R> answers() {
    return (List<R>) (List<?>) Arrays.asList(answers);
  }

  /** Closes the answers there are, which nobody will get. */
  void discard() {
    for (Object answer : answers) {
      Closing.discard(answer);
    }
  }
}
