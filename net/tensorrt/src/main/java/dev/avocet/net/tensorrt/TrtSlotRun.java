package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.net.LayerTime;
import dev.avocet.core.preprocess.AffinePass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a slot does on the GPU: its stream, its memory, and the contexts for the shapes that come.
 * In an entered context of CUDA; one thread at a time.
 *
 * <p>A context serves the shapes that come; where they change often, those that come again have one
 * of their own, so that its graph stays.
 */
final class TrtSlotRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrtSlotRun.class);

  /** Contexts with a graph beside the first. */
  private static final int KEPT = 4;

  /** A shape has to come so often for a context of its own. */
  private static final int OFTEN = 2;

  private final TrtNet net;
  private final CudaStream stream;
  private final CudaEvent end;
  private final DeviceBuffer scratch = new DeviceBuffer();
  private final long scratchBytes;
  private final TrtInput[] inputs;
  private final TrtOutput[] outputs;
  private final TrtExecution first;
  private final TrtKept<List<Shape>, TrtExecution> kept = new TrtKept<>(KEPT, OFTEN);
  private final boolean graphs;
  // Kept, so that a run makes no object.
  private final MappedChoice.Run whole = this::run;
  // Null where layers are not timed.
  private final TrtLayers layers;
  // Null until a picture comes.
  private PassRunner passes;
  // The one for the shapes at hand; null once one of them has changed.
  private TrtExecution current;

  TrtSlotRun(TrtNet net) {
    this.net = net;
    boolean mappable = net.mapping().possible();
    this.inputs =
        net.ports().inputs().stream().map(p -> new TrtInput(p, mappable)).toArray(TrtInput[]::new);
    this.outputs =
        net.ports().outputs().stream()
            .map(p -> new TrtOutput(p, mappable))
            .toArray(TrtOutput[]::new);
    this.layers = net.options().profile() ? new TrtLayers() : null;
    this.graphs = net.options().cudaGraph() && layers == null && !net.ports().readsHost();
    this.scratchBytes = net.engine().getDeviceMemorySizeV2();
    List<AutoCloseable> made = new ArrayList<>();
    try {
      this.stream = new CudaStream();
      made.add(stream);
      this.end = new CudaEvent(false);
      made.add(end);
      scratch.reserve(scratchBytes);
      made.add(scratch);
      this.first = execution();
    } catch (RuntimeException e) {
      made.add(layers);
      Closing.all(made.toArray(new AutoCloseable[0]));
      throw e;
    }
  }

  private TrtExecution execution() {
    TrtExecution made = new TrtExecution(net, stream, scratch.address(), scratchBytes, graphs);
    if (layers != null) {
      made.profile(layers);
    }
    return made;
  }

  TrtInput[] inputs() {
    return inputs;
  }

  TrtOutput[] outputs() {
    return outputs;
  }

  /** The next run has other shapes, or reads its inputs elsewhere. */
  void reshaped() {
    current = null;
  }

  /** Draws pictures into an input, on the GPU. */
  void draw(int index, Shape shape, List<AffinePass> all, List<Image> pictures) {
    if (passes == null) {
      // Each byte of a picture is read about once, so it is never worth a copy where it can be
      // read.
      passes = new PassRunner(net.context(), stream, net.mapping().possible());
    }
    TrtInput input = inputs[index];
    passes.run(all, pictures, input.room(shape), input.port.info().type());
    input.draw(shape);
  }

  /** Runs and waits. */
  void run() {
    run(net.mapping().make(whole));
  }

  private void run(boolean mapped) {
    enqueue(mapped);
    stream.synchronize();
    answer();
  }

  /**
   * Begins a run.
   *
   * @param ended called once when it has ended, however it ends, unless this throws
   */
  void start(Runnable ended) {
    enqueue(net.mapping().make(whole));
    try {
      end.record(stream);
      CudaCallback.atEnd(stream, ended);
    } catch (AvocetException e) {
      throw settled(e);
    }
  }

  /** Waits for what was started, and finds its answer. */
  void finish() {
    end.synchronize();
    answer();
  }

  private void enqueue(boolean mapped) {
    if (layers != null) {
      layers.clear();
    }
    try {
      choose(mapped);
      bind(mapped);
      for (TrtInput input : inputs) {
        input.upload(stream, mapped);
      }
      current.enqueue();
      for (TrtOutput output : outputs) {
        output.download(stream);
      }
    } catch (AvocetException e) {
      AvocetException settled = settled(e);
      for (TrtOutput output : outputs) {
        output.rethrow();
      }
      throw settled;
    }
  }

  /**
   * Waits for what a run that failed has begun, which still uses the memory.
   *
   * @return the failure; with the driver's words where the GPU failed, which TensorRT has in its
   *     own
   */
  private AvocetException settled(AvocetException failure) {
    try {
      stream.synchronize();
      return failure;
    } catch (AvocetException e) {
      String both = failure.getMessage() + "; " + e.getMessage();
      AvocetException told = new AvocetException(Status.FAIL, both, failure);
      told.addSuppressed(e);
      return told;
    }
  }

  private void choose(boolean mapped) {
    if (current != null) {
      return;
    }
    List<Shape> shapes = Arrays.stream(inputs).map(TrtInput::shape).toList();
    current = execution(shapes);
    try {
      if (net.ports().readsHost()) {
        // Shapes depend on what is there.
        bindInputs(mapped);
      }
      current.reshape(shapes);
    } catch (AvocetException e) {
      current = null;
      throw e;
    }
  }

  private TrtExecution execution(List<Shape> shapes) {
    Optional<TrtExecution> found = kept.find(shapes);
    if (found.isPresent()) {
      return found.get();
    }
    if (!graphs || !kept.comesOften(shapes)) {
      return first;
    }
    TrtExecution own = execution();
    kept.keep(shapes, own);
    return own;
  }

  private void bind(boolean mapped) {
    bindInputs(mapped);
    for (int i = 0; i < outputs.length; i++) {
      Shape known = current.outputShape(i);
      if (known == null) {
        current.output(i, outputs[i], mapped);
      } else {
        current.output(i, outputs[i].address(known, mapped));
      }
    }
  }

  private void bindInputs(boolean mapped) {
    for (int i = 0; i < inputs.length; i++) {
      current.input(i, inputs[i].address(mapped));
    }
  }

  private void answer() {
    for (TrtOutput output : outputs) {
      output.answer();
    }
  }

  /** Of the last run; none unless layers are timed. */
  List<LayerTime> layers() {
    return layers == null ? List.of() : layers.times();
  }

  /** Waits for a run that goes on. */
  @Override
  public void close() {
    List<AutoCloseable> all = new ArrayList<>();
    all.add(this::settle);
    all.add(passes);
    all.add(kept);
    all.add(first);
    all.addAll(Arrays.asList(inputs));
    all.addAll(Arrays.asList(outputs));
    all.addAll(Arrays.asList(scratch, end, stream, layers));
    Closing.all(all.toArray(new AutoCloseable[0]));
  }

  private void settle() {
    try {
      stream.synchronize();
    } catch (AvocetException e) {
      // However it ended, that is for whoever finishes it.
      LOG.debug("{}: a run failed while its slot was closed", net.file(), e);
    }
  }
}
