package dev.avocet.pipeline.internal;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.net.NetSlot;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.pipeline.internal.StageTimes.Stage;
import dev.avocet.preprocess.PlanMode;
import dev.avocet.preprocess.Prepared;
import dev.avocet.preprocess.Preprocessor;
import dev.avocet.preprocess.Source;
import java.util.Collections;
import java.util.List;

/**
 * All that one call in flight needs: preprocessing, the engine's bound buffers, a head. Used by one
 * thread at a time.
 *
 * @param <T> what the head decodes to
 */
final class Slot<T> implements AutoCloseable {
  private final Preprocessor preprocessor;
  private final NetSlot net;
  private final TensorInfo input;
  private final int inputIndex;
  private final NetOutputs outputs;
  private final Head<T> head;
  private final int maxBatch;
  private final StageTimes times;

  @SuppressWarnings("unchecked") // CompiledModel.open has compared the head's result type
  Slot(CompiledModel model, PlanMode planMode, StageTimes times) {
    this.times = times;
    this.maxBatch = model.maxBatch();
    this.inputIndex = model.inputIndex();
    this.input = model.net().inputs().get(inputIndex);
    this.outputs = new NetOutputs(model.outputNames());
    this.head = (Head<T>) model.newHead().get();
    this.preprocessor =
        Preprocessor.create(model.preprocess().steps(), planMode, model.net(), inputIndex);
    try {
      checkClips();
      this.net = model.net().slot();
    } catch (RuntimeException e) {
      preprocessor.close();
      throw e;
    }
  }

  private void checkClips() {
    boolean clips = input.shape().rank() > 4;
    if (clips != preprocessor.takesClips()) {
      throw AvocetException.invalidArgument(
          "preprocessing makes %s, the network's input is %s: %s the transforms in pipeline.json"
              .formatted(
                  clips ? "single pictures" : "clips",
                  input,
                  clips
                      ? "begin with Lift and end with FormatShape"
                      : "take Lift and FormatShape out of"));
    }
  }

  int maxBatch() {
    return maxBatch;
  }

  NetSlot net() {
    return net;
  }

  StageTimes times() {
    return times;
  }

  boolean takesBox() {
    return preprocessor.takesBox();
  }

  /** What a first call, to warm up, takes: of a clip as many frames as the network's input says. */
  Source blank(Image picture) {
    if (!preprocessor.takesClips()) {
      return Source.of(picture);
    }
    int rank = input.shape().rank();
    long length = rank == 6 ? Math.max(1, input.shape().dim(3)) : 1;
    long clips = Math.max(1, input.shape().dim(1) / preprocessor.views());
    return Source.clips(
        Collections.nCopies(Math.toIntExact(length * clips), picture), Math.toIntExact(length));
  }

  <R> R run(Call<T, R> call) {
    return runAll(List.of(call)).get(0);
  }

  /** Runs calls together where their tensors have one shape; answers in the order given. */
  <R> List<R> runAll(List<Call<T, R>> calls) {
    SlotRun<T, R> run = new SlotRun<>(this, calls);
    try {
      while (run.prepare()) {
        run.run();
        run.decode();
      }
      return run.answers();
    } catch (RuntimeException e) {
      run.discard();
      throw e;
    }
  }

  /** Shape of a call's tensor. */
  Shape shape(Call<T, ?> call) {
    return preprocessor.plan(call.source()).shape();
  }

  /** Prepares sources, whose tensors have one shape, as one batch; answers their geometry. */
  SampleMeta[] fill(List<Source> batch) {
    SampleMeta[] metas = new SampleMeta[batch.size()];
    List<Prepared> handed = preprocessor.handOver(batch, net);
    for (int i = 0; i < metas.length; i++) {
      Prepared prepared = handed.isEmpty() ? fill(batch.get(i), i, metas.length) : handed.get(i);
      metas[i] = prepared.meta();
    }
    return metas;
  }

  private Prepared fill(Source source, int index, int batch) {
    Prepared prepared = preprocessor.plan(source);
    preprocessor.run(source, bind(prepared, batch), index);
    return prepared;
  }

  private Tensor bind(Prepared prepared, int batch) {
    Shape shape = batch == 1 ? prepared.shape() : prepared.shape().with(0, batch);
    DataType type = prepared.type();
    if (type != input.type() || !input.shape().accepts(shape)) {
      throw AvocetException.invalidArgument(
          "preprocessing makes %s%s, the network's input is %s: mend the transforms in pipeline.json"
              .formatted(type, shape, input));
    }
    return net.input(inputIndex, shape);
  }

  /** Shows the head what the network has answered. */
  void takeOutputs() {
    for (int i = 0; i < outputs.names().size(); i++) {
      outputs.set(i, net.output(i));
    }
  }

  /** What a call gets for entry {@code index} of the batch. */
  <R> R decode(Call<T, R> call, int index, SampleMeta meta) {
    long start = System.nanoTime();
    Span span = times.begin(Stage.POSTPROCESS, 1);
    R answer = call.answer().apply(head.decode(outputs, index, meta, call.options()));
    times.record(Stage.POSTPROCESS, start, System.nanoTime());
    span.commit();
    return answer;
  }

  @Override
  public void close() {
    Closing.all(List.of(net, preprocessor));
  }
}
