package dev.avocet.net.onnxruntime;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.internal.TensorBuffer;
import dev.avocet.core.net.NetSlot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.onnxruntime.OrtIoBinding;
import org.bytedeco.onnxruntime.OrtStatus;
import org.bytedeco.onnxruntime.OrtValue;

/**
 * One run in flight: inputs bound once a shape, outputs of fixed shape bound once, other outputs
 * copied once out of ONNX Runtime's memory. A run makes no Java object and, once all shapes have
 * been seen, takes no memory here.
 */
final class OrtSlot implements NetSlot {
  private static final int MAX_RANK = 32;

  private final OrtNet net;
  private final OrtRuntime runtime;
  private final OrtIoBinding binding = new OrtIoBinding();
  private final TensorBuffer[] inputs;
  private final TensorBuffer[] outputs;
  // Names of the outputs that are copied; null for those that ONNX Runtime writes to in place.
  private final BytePointer[] copied;
  private final SizeTPointer size = new SizeTPointer(1);
  private final LongPointer dims = new LongPointer(MAX_RANK);
  private final long[] extents = new long[MAX_RANK];
  // The call that fills it sets the address of this very object.
  private final PointerPointer<Pointer> array = new PointerPointer<>((Pointer) null);
  private final OrtRefs.Addresses addresses = new OrtRefs.Addresses();
  private final OrtRefs.Value value = new OrtRefs.Value();
  private final OrtRefs.TypeAndShape typeAndShape = new OrtRefs.TypeAndShape();
  private final OrtRefs.Bytes source = new OrtRefs.Bytes();
  private final OrtRefs.Bytes target = new OrtRefs.Bytes();
  private boolean answered;
  private boolean closed;

  OrtSlot(OrtNet net) {
    this.net = net;
    this.runtime = net.runtime;
    inputs =
        net.inputs().stream().map(i -> new TensorBuffer(i.type())).toArray(TensorBuffer[]::new);
    outputs =
        net.outputs().stream().map(o -> new TensorBuffer(o.type())).toArray(TensorBuffer[]::new);
    copied = new BytePointer[outputs.length];
    // What a file says of an output's shape is only to be trusted where nothing can vary.
    boolean fixed = net.inputs().stream().allMatch(info -> info.shape().isStatic());
    try {
      runtime.check(runtime.api.CreateIoBinding(net.session, binding));
      for (int i = 0; i < outputs.length; i++) {
        TensorInfo info = net.outputs().get(i);
        if (fixed && info.shape().isStatic()) {
          bind(false, info, outputs[i].reshape(info.shape()));
        } else {
          copied[i] = new BytePointer(info.name(), StandardCharsets.UTF_8);
        }
      }
    } catch (RuntimeException e) {
      free();
      throw e;
    }
  }

  private void bind(boolean input, TensorInfo info, Tensor tensor) {
    OrtValue bound = new OrtValue();
    long[] shape = tensor.shape().toArray();
    runtime.check(
        runtime.api.CreateTensorWithDataAsOrtValue(
            runtime.cpuMemory,
            target.at(tensor.address()),
            tensor.byteSize(),
            shape,
            shape.length,
            OrtTypes.code(info.type()),
            bound));
    try {
      runtime.check(
          input
              ? runtime.api.BindInput(binding, info.name(), bound)
              : runtime.api.BindOutput(binding, info.name(), bound));
    } finally {
      // The binding holds on to what it needs.
      runtime.api.ReleaseValue(bound);
    }
  }

  @Override
  public Tensor input(int index, Shape shape) {
    checkOpen();
    if (index < 0 || index >= inputs.length) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "input index=%d: %s has %d".formatted(index, net.file(), inputs.length));
    }
    TensorBuffer buffer = inputs[index];
    if (buffer.tensor() != null && buffer.tensor().shape().equals(shape)) {
      return buffer.tensor();
    }
    TensorInfo info = net.inputs().get(index);
    if (!shape.isStatic() || !info.shape().accepts(shape)) {
      throw AvocetException.invalidArgument(
          "shape=%s: input \"%s\" of %s takes %s".formatted(shape, info.name(), net.file(), info));
    }
    Tensor tensor = buffer.reshape(shape);
    bind(true, info, tensor);
    return tensor;
  }

  @Override
  public void run() {
    checkOpen();
    answered = false;
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i].tensor() == null) {
        throw AvocetException.invalidArgument(
            "input " + net.inputs().get(i) + " of " + net.file() + " has not been given");
      }
    }
    OrtStatus status = runBound();
    if (status != null) {
      OrtFailure failure = runtime.failure(status);
      if (!failure.outputHasOtherShape()) {
        throw failed(failure);
      }
      copyAllOutputs();
      status = runBound();
      if (status != null) {
        throw failed(runtime.failure(status));
      }
    }
    collect();
    answered = true;
  }

  private OrtStatus runBound() {
    for (BytePointer name : copied) {
      if (name != null) {
        // Without this ONNX Runtime writes to the memory of the last answer, which may not fit.
        runtime.check(runtime.api.BindOutputToDevice(binding, name, runtime.cpuMemory));
      }
    }
    return runtime.api.RunWithBinding(net.session, net.runOptions, binding);
  }

  private AvocetException failed(OrtFailure failure) {
    return failure.toException(Status.FAIL, net.file() + ": the run failed");
  }

  private void copyAllOutputs() {
    for (int i = 0; i < copied.length; i++) {
      if (copied[i] == null) {
        copied[i] = new BytePointer(net.outputs().get(i).name(), StandardCharsets.UTF_8);
      }
    }
  }

  private boolean copiesAny() {
    for (BytePointer name : copied) {
      if (name != null) {
        return true;
      }
    }
    return false;
  }

  private void collect() {
    if (!copiesAny()) {
      return;
    }
    runtime.check(runtime.api.GetBoundOutputValues(binding, runtime.allocator, array, size));
    long count = size.get();
    addresses.at(array.address());
    try {
      for (int i = 0; i < count; i++) {
        if (copied[i] != null) {
          value.at(addresses.get(i));
          copy(outputs[i]);
        }
      }
    } finally {
      for (int i = 0; i < count; i++) {
        value.at(addresses.get(i));
        runtime.api.ReleaseValue(value);
      }
      runtime.check(runtime.api.AllocatorFree(runtime.allocator, addresses));
    }
  }

  private void copy(TensorBuffer output) {
    int rank = readShape();
    if (!output.has(extents, rank)) {
      output.reshape(Shape.of(Arrays.copyOf(extents, rank)));
    }
    Tensor tensor = output.tensor();
    if (tensor.byteSize() > 0) {
      source.at(0);
      runtime.check(runtime.api.GetTensorMutableData(value, source));
      Pointer.memcpy(target.at(tensor.address()), source, tensor.byteSize());
    }
  }

  /** Puts the extents of {@link #value} into {@link #extents}; returns their number. */
  private int readShape() {
    typeAndShape.clear();
    runtime.check(runtime.api.GetTensorTypeAndShape(value, typeAndShape));
    try {
      runtime.check(runtime.api.GetDimensionsCount(typeAndShape, size));
      int rank = (int) size.get();
      if (rank > MAX_RANK) {
        throw new AvocetException(
            Status.OUT_OF_RANGE, "%s: an output has rank=%d".formatted(net.file(), rank));
      }
      runtime.check(runtime.api.GetDimensions(typeAndShape, dims, rank));
      for (int d = 0; d < rank; d++) {
        extents[d] = dims.get(d);
      }
      return rank;
    } finally {
      runtime.api.ReleaseTensorTypeAndShapeInfo(typeAndShape);
    }
  }

  @Override
  public Tensor output(int index) {
    checkOpen();
    if (index < 0 || index >= outputs.length) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "output index=%d: %s has %d".formatted(index, net.file(), outputs.length));
    }
    if (!answered) {
      throw AvocetException.invalidArgument(
          "output " + net.outputs().get(index) + ": there is none before a run that succeeds");
    }
    return outputs[index].tensor();
  }

  private void checkOpen() {
    if (closed) {
      throw new AvocetException(Status.CLOSED, "the slot of " + net.file() + " is closed");
    }
    net.lifetime().checkOpen();
  }

  private void free() {
    if (!binding.isNull()) {
      runtime.api.ReleaseIoBinding(binding);
    }
    for (TensorBuffer buffer : inputs) {
      buffer.close();
    }
    for (TensorBuffer buffer : outputs) {
      buffer.close();
    }
    for (BytePointer name : copied) {
      if (name != null) {
        name.close();
      }
    }
    size.close();
    dims.close();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      free();
      net.lifetime().release();
    }
  }
}
