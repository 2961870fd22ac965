package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.TensorInfo;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;

/** What goes into an engine and what comes out, read once. Immutable. */
final class TrtPorts implements AutoCloseable {
  // Of nvinfer1: TensorIOMode, TensorLocation, TensorFormat, OptProfileSelector.
  private static final int INPUT = 1;
  private static final int HOST = 1;
  private static final int LINEAR = 0;
  private static final int MIN = 0;
  private static final int OPT = 1;
  private static final int MAX = 2;

  private final String file;
  private final List<TrtPort> inputs = new ArrayList<>();
  private final List<TrtPort> outputs = new ArrayList<>();
  private final TrtEngineProfiles profiles;

  /**
   * Of an engine.
   *
   * @throws AvocetException NOT_SUPPORTED for a type or an arrangement of memory that is not ours
   */
  TrtPorts(ICudaEngine engine, String file) {
    this.file = file;
    try {
      for (int i = 0; i < engine.getNbIOTensors(); i++) {
        read(engine, engine.getIOTensorName(i));
      }
      List<List<TrtBounds>> all = new ArrayList<>();
      for (int profile = 0; profile < engine.getNbOptimizationProfiles(); profile++) {
        checkLinear(engine, profile);
        all.add(bounds(engine, profile));
      }
      profiles = new TrtEngineProfiles(all);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void read(ICudaEngine engine, String given) {
    // JavaCPP reads strings in the platform's charset; ONNX's are UTF-8.
    Charset platform = Charset.defaultCharset();
    String text = new String(given.getBytes(platform), StandardCharsets.UTF_8);
    BytePointer name = new BytePointer(given, platform);
    boolean input = engine.getTensorIOMode(name) == INPUT;
    String what = (input ? "input \"" : "output \"") + text + "\"";
    try (Dims64 dims = engine.getTensorShape(name)) {
      TensorInfo info = new TensorInfo(text, type(engine, name, what), shape(dims, what));
      boolean host = engine.getTensorLocation(name) == HOST;
      (input ? inputs : outputs).add(new TrtPort(name, info, host));
    } catch (RuntimeException e) {
      name.close();
      throw e;
    }
  }

  private DataType type(ICudaEngine engine, BytePointer name, String what) {
    int code = engine.getTensorDataType(name);
    return TrtElementTypes.type(code)
        .orElseThrow(
            () ->
                AvocetException.notSupported(
                    "%s: %s is %s, which has no counterpart here; let the network begin and end with FP32, FP16 or whole numbers"
                        .formatted(file, what, TrtElementTypes.describe(code))));
  }

  private Shape shape(Dims64 dims, String what) {
    int rank = dims.nbDims();
    if (rank < 0) {
      throw AvocetException.invalidArgument(
          "%s: TensorRT does not find its own %s; run Java with -Dfile.encoding=UTF-8, or give it a name of ASCII"
              .formatted(file, what));
    }
    return shape(dims);
  }

  /** The extents that TensorRT gives, of which there are some. */
  static Shape shape(Dims64 dims) {
    long[] extents = new long[dims.nbDims()];
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] = Math.max(-1, dims.d(axis));
    }
    return Shape.of(extents);
  }

  private void checkLinear(ICudaEngine engine, int profile) {
    for (TrtPort port : all()) {
      int format = engine.getTensorFormat(port.name(), profile);
      if (format != LINEAR) {
        throw AvocetException.notSupported(
            "%s: %s lies as %s in memory; build the engine with linear inputs and outputs (trtexec: --inputIOFormats=fp32:chw --outputIOFormats=fp32:chw)"
                .formatted(file, port.info(), TrtElementTypes.describeFormat(format)));
      }
    }
  }

  private List<TrtBounds> bounds(ICudaEngine engine, int profile) {
    return inputs.stream()
        .map(
            input ->
                new TrtBounds(
                    bound(engine, input, profile, MIN),
                    bound(engine, input, profile, OPT),
                    bound(engine, input, profile, MAX)))
        .toList();
  }

  private static Shape bound(ICudaEngine engine, TrtPort input, int profile, int which) {
    if (input.info().shape().isStatic()) {
      return input.info().shape();
    }
    try (Dims64 dims = engine.getProfileShape(input.name(), profile, which)) {
      if (dims.nbDims() < 0) {
        throw new AvocetException(
            Status.FAIL,
            "TensorRT has no shapes for input %s in profile %d".formatted(input.info(), profile));
      }
      return shape(dims);
    }
  }

  List<TrtPort> inputs() {
    return inputs;
  }

  List<TrtPort> outputs() {
    return outputs;
  }

  private List<TrtPort> all() {
    List<TrtPort> all = new ArrayList<>(inputs);
    all.addAll(outputs);
    return all;
  }

  TrtEngineProfiles profiles() {
    return profiles;
  }

  /** Whether an input is read in the host's memory, so that its values decide on shapes. */
  boolean readsHost() {
    return inputs.stream().anyMatch(TrtPort::host);
  }

  @Override
  public void close() {
    all().forEach(port -> port.name().close());
  }
}
