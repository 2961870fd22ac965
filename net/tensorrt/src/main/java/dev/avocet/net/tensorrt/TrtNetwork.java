package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.TensorInfo;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.ILayer;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.ITensor;
import org.bytedeco.tensorrt.nvonnxparser.IParser;
import org.bytedeco.tensorrt.nvonnxparser.IParserError;

/** A network that TensorRT has read from ONNX. Confined to the thread that builds. */
final class TrtNetwork implements AutoCloseable {
  /** {@code NetworkDefinitionCreationFlag::kSTRONGLY_TYPED}. */
  private static final int TYPED = 1 << 1;

  /** {@code ILogger::Severity::kWARNING}, from which on the parser tells the logger. */
  private static final int WARNING = 2;

  /** Errors that are about what TensorRT cannot do: {@code kUNSUPPORTED_GRAPH} and what follows. */
  private static final int UNSUPPORTED = nvonnxparser.ErrorCode.kUNSUPPORTED_GRAPH.value;

  private static final int LAST_UNSUPPORTED = nvonnxparser.ErrorCode.kUNSUPPORTED_NODE_SHAPE.value;

  private final INetworkDefinition definition;
  private final IParser parser;

  private TrtNetwork(INetworkDefinition definition, IParser parser) {
    this.definition = definition;
    this.parser = parser;
  }

  /**
   * Reads a network.
   *
   * @param typed whether it is to be strongly typed
   * @throws AvocetException NOT_SUPPORTED where an operator or plugin is missing, FAIL where the
   *     file is damaged; with the nodes
   */
  static TrtNetwork of(TrtRuntime runtime, IBuilder builder, TrtSource source, boolean typed) {
    TrtLog log = runtime.log();
    log.clear();
    INetworkDefinition definition = builder.createNetworkV2(typed ? TYPED : 0);
    if (definition == null) {
      throw log.failure().toException(Status.FAIL, "no network can be made");
    }
    Pointer made =
        nvonnxparser.createNvOnnxParser_INTERNAL(
            definition, log, nvonnxparser.getNvOnnxParserVersion());
    if (made == null || made.isNull() || log.failed()) {
      TrtObjects.free(definition);
      throw log.failure()
          .toException(Status.NOT_SUPPORTED, "TensorRT's ONNX parser does not start");
    }
    TrtNetwork network = new TrtNetwork(definition, new IParser(made));
    try {
      network.parse(source, log);
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private void parse(TrtSource source, TrtLog log) {
    source.weights();
    boolean parsed;
    if (source.file().isPresent()) {
      // From its file, beside which it finds further files of weights.
      parsed = parser.parseFromFile(source.file().get().toString(), WARNING);
    } else {
      try (BytePointer bytes = new BytePointer(source.content().bytes())) {
        parsed = parser.parse(bytes, source.content().byteSize());
      }
    }
    if (!parsed) {
      throw refused(source.name(), log);
    }
    log.clear();
  }

  private AvocetException refused(String name, TrtLog log) {
    List<String> lines = new ArrayList<>();
    boolean unsupported = false;
    for (int i = 0; i < parser.getNbErrors(); i++) {
      IParserError error = parser.getError(i);
      int code = error.code().value;
      unsupported |= code >= UNSUPPORTED && code <= LAST_UNSUPPORTED;
      lines.add(line(error.node(), error.nodeName(), error.nodeOperator(), error.desc()));
    }
    TrtFailure said = log.failure();
    TrtFailure failure = lines.isEmpty() ? said : TrtFailure.of(lines, "");
    return failure.toException(
        unsupported ? Status.NOT_SUPPORTED : Status.FAIL, name + " cannot be read by TensorRT");
  }

  /**
   * One of the parser's errors in words.
   *
   * @param node number in the file, -1 for none
   */
  static String line(int node, String name, String operator, String text) {
    return node < 0 || operator == null || operator.isEmpty()
        ? text
        : "node %d \"%s\" (%s): %s".formatted(node, name, operator, text);
  }

  INetworkDefinition definition() {
    return definition;
  }

  /**
   * The inputs in the network's order, -1 for an axis that varies.
   *
   * @throws AvocetException NOT_SUPPORTED for one whose values decide on shapes, or of a type that
   *     tensors do not have
   */
  Map<String, TensorInfo> inputs() {
    Map<String, TensorInfo> inputs = new LinkedHashMap<>();
    for (int i = 0; i < definition.getNbInputs(); i++) {
      ITensor input = definition.getInput(i);
      if (input.isShapeTensor()) {
        throw AvocetException.notSupported(
            "input %s: its values decide on shapes, such networks are not built"
                .formatted(input.getName()));
      }
      inputs.put(
          input.getName(),
          new TensorInfo(input.getName(), type(input), shape(input.getDimensions())));
    }
    return inputs;
  }

  private static DataType type(ITensor input) {
    int type = input.getType().value;
    return TrtElementTypes.type(type)
        .orElseThrow(
            () ->
                AvocetException.notSupported(
                    "input %s: its elements are %s"
                        .formatted(input.getName(), TrtElementTypes.describe(type))));
  }

  private static Shape shape(Dims64 dims) {
    try (dims) {
      long[] extents = new long[Math.max(0, dims.nbDims())];
      for (int i = 0; i < extents.length; i++) {
        extents[i] = Math.max(-1, dims.d(i));
      }
      return Shape.of(extents);
    }
  }

  /** What the network's own nodes quantise to. */
  Set<TrtTypes.Quantised> quantised() {
    Set<TrtTypes.Quantised> found = EnumSet.noneOf(TrtTypes.Quantised.class);
    for (int i = 0; i < definition.getNbLayers(); i++) {
      ILayer layer = definition.getLayer(i);
      int kind = layer.getType().value;
      if (kind == nvinfer.LayerType.kQUANTIZE.value) {
        found.add(quantised(layer.getOutput(0)));
      } else if (kind == nvinfer.LayerType.kDEQUANTIZE.value) {
        found.add(quantised(layer.getInput(0)));
      }
    }
    return found;
  }

  private static TrtTypes.Quantised quantised(ITensor tensor) {
    return tensor.getType().value == nvinfer.DataType.kINT8.value
        ? TrtTypes.Quantised.INT8
        : TrtTypes.Quantised.SMALLER;
  }

  /** Frees the parser first, which knows the definition. */
  @Override
  public void close() {
    TrtObjects.free(parser);
    TrtObjects.free(definition);
  }
}
