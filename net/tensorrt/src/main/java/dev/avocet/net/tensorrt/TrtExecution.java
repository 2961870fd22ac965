package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import java.util.List;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TensorRT's context, set to some shapes and addresses, and the graph of its calls. TensorRT does
 * not define what a graph does whose context was changed after it was recorded; so every change
 * drops the graph, and shapes that come often get a context each. In an entered context of CUDA;
 * one thread at a time.
 */
final class TrtExecution implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrtExecution.class);

  /** {@code ExecutionContextAllocationStrategy::kUSER_MANAGED}. */
  private static final int USER_MANAGED = 2;

  private final TrtRuntime runtime;
  private final TrtPorts ports;
  private final String file;
  private final CudaStream stream;
  private final IExecutionContext context;
  private final CudaAddress scratch = new CudaAddress();
  private final long scratchAddress;
  private final long scratchBytes;
  private final long[] inputs;
  private final long[] outputs;
  // Null for those whose shape only a run tells.
  private final Shape[] outputShapes;
  // Those that TensorRT asks memory for.
  private final boolean[] growing;
  private boolean recordable;
  // Null before the first, and where setting them failed.
  private List<Shape> shapes;
  private int plainRuns;
  // Null where there is none.
  private CudaGraph graph;

  /**
   * Makes a context in profile 0, without shapes and addresses.
   *
   * @param scratchAddress memory of the GPU for what layers hand to one another, which all contexts
   *     of a slot share
   * @param recordable whether runs are to be recorded as a graph
   * @throws AvocetException OUT_OF_MEMORY or FAIL
   */
  TrtExecution(
      TrtNet net, CudaStream stream, long scratchAddress, long scratchBytes, boolean recordable) {
    this.runtime = net.runtime();
    this.ports = net.ports();
    this.file = net.file();
    this.stream = stream;
    this.scratchAddress = scratchAddress;
    this.scratchBytes = scratchBytes;
    this.recordable = recordable;
    this.inputs = new long[ports.inputs().size()];
    this.outputs = new long[ports.outputs().size()];
    this.outputShapes = new Shape[outputs.length];
    this.growing = new boolean[outputs.length];
    this.context = create(net.engine());
    context.setDeviceMemoryV2(scratch.at(scratchAddress), scratchBytes);
  }

  private IExecutionContext create(ICudaEngine engine) {
    runtime.log().clear();
    IExecutionContext made = engine.createExecutionContext(USER_MANAGED);
    if (made == null || made.isNull()) {
      throw failure(Status.FAIL, "TensorRT made no context");
    }
    return made;
  }

  private AvocetException failure(Status status, String what) {
    return runtime.log().failure().toException(status, file + ": " + what);
  }

  /**
   * Sets the inputs' shapes, and finds the outputs'. Host inputs have their {@link #input address}
   * already.
   *
   * @throws AvocetException INVALID_ARG where the engine does not take them
   */
  void reshape(List<Shape> wanted) {
    if (wanted.equals(shapes)) {
      return;
    }
    forget();
    shapes = null;
    runtime.log().clear();
    choose(ports.profiles().choose(wanted));
    for (int i = 0; i < inputs.length; i++) {
      TrtPort port = ports.inputs().get(i);
      if (!port.info().shape().isStatic()) {
        reshape(port, wanted.get(i));
      }
    }
    if (!ports.readsHost() && context.inferShapes(0, (PointerPointer<?>) null) != 0) {
      throw failure(Status.INVALID_ARG, "the network does not take the shapes " + wanted);
    }
    for (int i = 0; i < outputs.length; i++) {
      outputShapes[i] = outputShape(ports.outputs().get(i));
    }
    shapes = wanted;
  }

  private void choose(int profile) {
    if (context.getOptimizationProfile() != profile) {
      if (!context.setOptimizationProfileAsync(profile, stream.handle)) {
        throw failure(Status.FAIL, "TensorRT did not change to optimisation profile " + profile);
      }
      context.setDeviceMemoryV2(scratch.at(scratchAddress), scratchBytes);
    }
  }

  private void reshape(TrtPort port, Shape shape) {
    try (Dims64 dims = new Dims64()) {
      dims.nbDims(shape.rank());
      for (int axis = 0; axis < shape.rank(); axis++) {
        dims.d(axis, shape.dim(axis));
      }
      if (!context.setInputShape(port.name(), dims)) {
        throw failure(Status.INVALID_ARG, "shape=%s: input %s".formatted(shape, port.info()));
      }
    }
  }

  /** Null where only a run tells. */
  private Shape outputShape(TrtPort port) {
    if (ports.readsHost() && !port.host()) {
      return null;
    }
    try (Dims64 dims = context.getTensorShape(port.name())) {
      if (dims.nbDims() < 0) {
        throw failure(Status.FAIL, "TensorRT does not know the shape of output " + port.info());
      }
      Shape shape = TrtPorts.shape(dims);
      if (shape.isStatic()) {
        return shape;
      }
      if (port.host()) {
        throw AvocetException.notSupported(
            "%s: output %s is computed in the host's memory, and its shape depends on values; export the network without it"
                .formatted(file, port.info()));
      }
      return null;
    }
  }

  /** The shape of an output, or null where only a run tells. */
  Shape outputShape(int index) {
    return outputShapes[index];
  }

  /** Where an input is read. */
  void input(int index, long address) {
    if (inputs[index] != address) {
      set(ports.inputs().get(index), address);
      inputs[index] = address;
    }
  }

  /** Where an output of a known shape is written. */
  void output(int index, long address) {
    if (outputs[index] != address) {
      TrtPort port = ports.outputs().get(index);
      if (growing[index]) {
        growing[index] = false;
        check(context.setOutputAllocator(port.name(), null), port);
      }
      set(port, address);
      outputs[index] = address;
    }
  }

  private void set(TrtPort port, long address) {
    forget();
    runtime.log().clear();
    check(context.setTensorAddress(port.name(), scratch.at(address)), port);
  }

  private void check(boolean taken, TrtPort port) {
    if (!taken) {
      throw failure(Status.FAIL, "TensorRT did not take the memory of " + port.info());
    }
  }

  /** An output whose memory TensorRT asks for in the run; such a run cannot be recorded. */
  void output(int index, TrtOutput output, boolean mapped) {
    recordable = false;
    forget();
    TrtPort port = ports.outputs().get(index);
    runtime.log().clear();
    check(context.setOutputAllocator(port.name(), output.allocator(mapped)), port);
    growing[index] = true;
    outputs[index] = 0;
  }

  /** Tells layers' times; runs end before they return then. */
  void profile(TrtProfiler profiler) {
    context.setProfiler(profiler.profiler());
  }

  /** Puts a run into the stream. */
  void enqueue() {
    // TensorRT finishes what a change has begun in the next plain run, which is not recorded.
    if (graph == null && recordable && plainRuns > 0) {
      tryToRecord();
    }
    if (graph != null) {
      graph.launch(stream);
    } else {
      plain();
      plainRuns++;
    }
  }

  private void tryToRecord() {
    try {
      graph = CudaGraph.record(stream, this::plain);
    } catch (AvocetException e) {
      recordable = false;
      LOG.debug("{} runs without a CUDA graph: {}", file, e.getMessage());
    }
  }

  private void plain() {
    runtime.log().clear();
    if (!context.enqueueV3(stream.handle)) {
      throw failure(Status.FAIL, "the run failed");
    }
  }

  private void forget() {
    plainRuns = 0;
    if (graph != null) {
      CudaGraph dropped = graph;
      graph = null;
      dropped.close();
    }
  }

  @Override
  public void close() {
    Closing.all(this::forget, () -> TrtObjects.free(context), scratch);
  }
}
