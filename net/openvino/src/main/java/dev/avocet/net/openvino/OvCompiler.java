package dev.avocet.net.openvino;

import static org.bytedeco.openvino.global.openvino.ov_compiled_model_free;
import static org.bytedeco.openvino.global.openvino.ov_core_read_model;
import static org.bytedeco.openvino.global.openvino.ov_core_read_model_from_memory_buffer;
import static org.bytedeco.openvino.global.openvino.ov_model_free;
import static org.bytedeco.openvino.global.openvino.ov_model_reshape_by_port_indexes;
import static org.bytedeco.openvino.global.openvino.ov_partial_shape_create_static;
import static org.bytedeco.openvino.global.openvino.ov_partial_shape_free;
import static org.bytedeco.openvino.global.openvino.ov_tensor_create_from_host_ptr;
import static org.bytedeco.openvino.global.openvino.ov_tensor_free;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.openvino.ov_compiled_model_t;
import org.bytedeco.openvino.ov_model_t;
import org.bytedeco.openvino.ov_partial_shape_t;
import org.bytedeco.openvino.ov_shape_t;
import org.bytedeco.openvino.ov_tensor_t;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a network and compiles it, as it is or for given shapes of its inputs. Thread safe. Owns
 * the network and its source.
 */
final class OvCompiler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OvCompiler.class);

  final OvRuntime runtime;
  final OvSource source;
  final OvOptions options;
  private final Optional<OvCache> cache;
  // Null until a network is compiled: what the cache has knows its names.
  private OvNames names;
  private ov_model_t model;
  // Whether the network's file is another than when it was opened.
  private boolean changed;
  private ov_tensor_t weights;

  /** Takes over the source, and closes it where that fails. */
  OvCompiler(OvRuntime runtime, OvSource source, OvOptions options) {
    this.runtime = runtime;
    this.source = source;
    this.options = options;
    try {
      cache = OvCache.of(runtime, source, options);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /**
   * Compiles the network, or takes what it compiles to from the cache.
   *
   * @param shapes of all inputs in order, or empty to leave them as the file has them, which is the
   *     first thing to ask for
   * @return for the caller to close; empty where the file would have to be read, but is not what it
   *     was when the network was taken from the cache
   * @throws AvocetException FAIL where the file is damaged or the cache cannot be written to,
   *     NOT_SUPPORTED where the device or an operator is not there, INVALID_ARG where a property is
   *     refused
   */
  synchronized Optional<OvCompiled> compile(List<Shape> shapes) {
    if (cache.isEmpty()) {
      return Optional.of(compiled(compileAnew(shapes)));
    }
    OvCache kept = cache.get();
    boolean opening = shapes.isEmpty();
    Optional<OvKept> found = kept.find(shapes.toString());
    if (found.isPresent()) {
      OvFacts facts = found.get().facts();
      if (opening && !facts.isFixed() && options.shapes() > 0) {
        // It is compiled for the shapes that come, and hardly ever needed as it is.
        found.get().close();
        return Optional.of(new OvCompiled(runtime, source.name(), facts, this::whole));
      }
      Optional<OvExecutable> imported = kept.imported(found.get());
      if (imported.isPresent()) {
        return imported.map(this::compiled);
      }
    }
    return !opening && hasChanged(kept)
        ? Optional.empty()
        : Optional.of(compileAndKeep(kept, shapes));
  }

  private OvCompiled compiled(OvExecutable executable) {
    if (names == null) {
      names = OvNames.of(source);
    }
    return new OvCompiled(runtime, source.name(), executable, names);
  }

  private OvCompiled compileAndKeep(OvCache kept, List<Shape> shapes) {
    boolean opening = shapes.isEmpty();
    if (opening) {
      kept.prepare();
    }
    OvCompiled compiled = compiled(compileAnew(shapes));
    try {
      kept.keep(shapes.toString(), compiled);
    } catch (AvocetException e) {
      if (opening) {
        compiled.close();
        throw e;
      }
      LOG.warn("{} for {} is not kept: {}", source.name(), shapes, e.getMessage());
    }
    return compiled;
  }

  /** The network as its file has it, after it has been found in the cache. */
  private synchronized OvExecutable whole() {
    OvCache kept = cache.orElseThrow();
    Optional<OvExecutable> found = kept.find(List.of().toString()).flatMap(kept::imported);
    if (found.isPresent()) {
      return found.get();
    }
    if (model != null) {
      // It has been given shapes.
      ov_model_free(model);
      model = null;
    }
    if (hasChanged(kept)) {
      throw new AvocetException(
          Status.FAIL,
          source.name()
              + " is not the network any more that was opened; close it and open it anew");
    }
    return compileAnew(List.of());
  }

  /** Whether the network's file would have to be read, but is another one by now. */
  private boolean hasChanged(OvCache kept) {
    if (model == null && !changed && !kept.isCurrent()) {
      changed = true;
      LOG.warn(
          "{} has changed since it was opened; it is not compiled for further shapes",
          source.name());
    }
    return model == null && changed;
  }

  private OvExecutable compileAnew(List<Shape> shapes) {
    ov_model_t network = model();
    if (!shapes.isEmpty()) {
      reshape(network, shapes);
    }
    return new OvExecutable(compile(network, options.properties()), Optional.empty());
  }

  /**
   * Compiles the network with a pass before its input, which takes the pass's pictures then.
   *
   * @param shapes as above
   * @return for the caller to close
   */
  synchronized OvCompiled compile(OvPass pass, List<Shape> shapes) {
    // Read anew: what is put before a network stays there.
    ov_model_t network = read();
    try {
      if (!shapes.isEmpty()) {
        reshape(network, shapes);
      }
      new OvPreprocessing(runtime.types, pass).prepend(network);
      return compiled(new OvExecutable(compile(network, options.properties()), Optional.empty()));
    } finally {
      ov_model_free(network);
    }
  }

  private ov_compiled_model_t compile(ov_model_t network, Map<String, String> properties) {
    ov_compiled_model_t compiled = new ov_compiled_model_t();
    int status = compile(network, properties, compiled);
    if (status != 0) {
      OvFailure failure = OvRuntime.failure(status);
      blameOption(network, failure);
      throw failure.toException(
          Status.NOT_SUPPORTED,
          "%s cannot be compiled by OpenVINO %s for %s; try another device or engine, such as --device onnxruntime:cpu"
              .formatted(source.name(), runtime.version(), options.device().name()));
    }
    return compiled;
  }

  private int compile(
      ov_model_t network, Map<String, String> properties, ov_compiled_model_t compiled) {
    List<BytePointer> texts = new ArrayList<>();
    try (PointerPointer<Pointer> array = new PointerPointer<>(2L * OvCompile.MOST);
        BytePointer device = text(options.device().name())) {
      properties.forEach(
          (key, value) -> {
            texts.add(text(key));
            texts.add(text(value));
          });
      for (int i = 0; i < 2 * OvCompile.MOST; i++) {
        array.put(i, i < texts.size() ? texts.get(i) : null);
      }
      return OvCompile.avocet_compile_model(
          runtime.core, network, device, array, texts.size(), compiled);
    } finally {
      texts.forEach(BytePointer::close);
    }
  }

  /**
   * OpenVINO does not say which property it refuses: it is the one without which it compiles.
   *
   * @throws AvocetException INVALID_ARG where there is such a one
   */
  private void blameOption(ov_model_t network, OvFailure failure) {
    for (String key : options.given()) {
      Map<String, String> others = new TreeMap<>(options.properties());
      String value = others.remove(key);
      ov_compiled_model_t compiled = new ov_compiled_model_t();
      if (compile(network, others, compiled) == 0) {
        ov_compiled_model_free(compiled);
        throw failure.toException(
            Status.INVALID_ARG,
            "option %s=%s is refused by OpenVINO %s on %s"
                .formatted(key, value, runtime.version(), options.device().name()));
      }
    }
  }

  private void reshape(ov_model_t network, List<Shape> shapes) {
    // A shape without axes stays as it is; the C API would leave its rank open.
    int[] inputs =
        IntStream.range(0, shapes.size()).filter(i -> shapes.get(i).rank() > 0).toArray();
    int made = 0;
    try (SizeTPointer indexes = new SizeTPointer(inputs.length);
        ov_partial_shape_t array = new ov_partial_shape_t(inputs.length)) {
      try {
        for (; made < inputs.length; made++) {
          indexes.put(made, inputs[made]);
          Shape shape = shapes.get(inputs[made]);
          try (LongPointer dims = new LongPointer(shape.toArray())) {
            OvRuntime.check(
                ov_partial_shape_create_static(shape.rank(), dims, array.position(made)));
          }
        }
        int status =
            ov_model_reshape_by_port_indexes(network, indexes, array.position(0), inputs.length);
        if (status != 0) {
          throw OvRuntime.failure(status)
              .toException(
                  Status.FAIL, "%s does not take inputs of %s".formatted(source.name(), shapes));
        }
      } finally {
        // Before the array itself goes.
        for (int i = 0; i < made; i++) {
          ov_partial_shape_free(array.position(i));
        }
      }
    }
  }

  /** The network, read when it is first needed. */
  private ov_model_t model() {
    if (model == null) {
      model = read();
    }
    return model;
  }

  private ov_model_t read() {
    ov_model_t read = new ov_model_t();
    int status = source.file().isPresent() ? readFile(source.file().get(), read) : readBytes(read);
    if (status != 0) {
      throw unreadable(OvRuntime.failure(status));
    }
    return read;
  }

  private int readFile(Path file, ov_model_t into) {
    try (BytePointer path = text(file.toString());
        BytePointer second =
            source.weightsFile().map(other -> text(other.toString())).orElse(null)) {
      return ov_core_read_model(runtime.core, path, second, into);
    }
  }

  private int readBytes(ov_model_t into) {
    BytePointer bytes = source.bytes().orElseThrow();
    if (weights == null) {
      source.weights().ifPresent(this::wrapWeights);
    }
    return ov_core_read_model_from_memory_buffer(runtime.core, bytes, bytes.limit(), weights, into);
  }

  private void wrapWeights(BytePointer bytes) {
    try (ov_shape_t shape = new ov_shape_t();
        LongPointer dims = new LongPointer(new long[] {bytes.limit()})) {
      shape.rank(1).dims(dims);
      weights = new ov_tensor_t();
      OvRuntime.check(
          ov_tensor_create_from_host_ptr(
              runtime.types.code(DataType.UINT8), shape, bytes, weights));
    }
  }

  private AvocetException unreadable(OvFailure failure) {
    if (failure.operators().isEmpty()) {
      return failure.toException(
          Status.FAIL,
          "%s is not a network that OpenVINO %s can read; is it complete? compare it with the original"
              .formatted(source.name(), runtime.version()));
    }
    return failure.toException(
        Status.NOT_SUPPORTED,
        "%s uses %s, which OpenVINO %s does not have, or not in this way; run it with another engine, such as --device onnxruntime:cpu"
            .formatted(source.name(), String.join(", ", failure.operators()), runtime.version()));
  }

  private static BytePointer text(String text) {
    return new BytePointer(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    cache.ifPresent(OvCache::close);
    if (model != null) {
      ov_model_free(model);
    }
    if (weights != null) {
      ov_tensor_free(weights);
    }
    source.close();
  }
}
