package dev.avocet.net.openvino;

import static org.bytedeco.openvino.global.openvino.ov_compiled_model_create_infer_request;
import static org.bytedeco.openvino.global.openvino.ov_compiled_model_free;
import static org.bytedeco.openvino.global.openvino.ov_compiled_model_get_property;
import static org.bytedeco.openvino.global.openvino.ov_compiled_model_input_by_index;
import static org.bytedeco.openvino.global.openvino.ov_compiled_model_inputs_size;
import static org.bytedeco.openvino.global.openvino.ov_compiled_model_output_by_index;
import static org.bytedeco.openvino.global.openvino.ov_compiled_model_outputs_size;
import static org.bytedeco.openvino.global.openvino.ov_output_const_port_free;
import static org.bytedeco.openvino.global.openvino.ov_partial_shape_free;
import static org.bytedeco.openvino.global.openvino.ov_port_get_any_name;
import static org.bytedeco.openvino.global.openvino.ov_port_get_element_type;
import static org.bytedeco.openvino.global.openvino.ov_port_get_partial_shape;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.openvino.ov_compiled_model_t;
import org.bytedeco.openvino.ov_dimension_t;
import org.bytedeco.openvino.ov_infer_request_t;
import org.bytedeco.openvino.ov_output_const_port_t;
import org.bytedeco.openvino.ov_partial_shape_t;

/**
 * A network compiled for a device and for certain shapes. Thread safe. It is freed when everybody
 * who retained it has closed it once, and its maker too; its requests may outlive it.
 */
final class OvCompiled implements AutoCloseable {
  private final OvRuntime runtime;
  private final String file;
  private final ov_compiled_model_t model;
  private final List<TensorInfo> inputs;
  private final List<TensorInfo> outputs;
  private final AtomicInteger users = new AtomicInteger(1);

  /**
   * Takes over a compiled network, and frees it where it cannot be used.
   *
   * @param names what its file calls its inputs and outputs
   */
  OvCompiled(OvRuntime runtime, String file, ov_compiled_model_t model, OvNames names) {
    this.runtime = runtime;
    this.file = file;
    this.model = model;
    try {
      inputs = describe(true, names.inputs());
      outputs = describe(false, names.outputs());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  List<TensorInfo> inputs() {
    return inputs;
  }

  List<TensorInfo> outputs() {
    return outputs;
  }

  /** A new request; the caller frees it. */
  ov_infer_request_t request() {
    ov_infer_request_t request = new ov_infer_request_t();
    OvRuntime.check(ov_compiled_model_create_infer_request(model, request));
    return request;
  }

  /** A property, or empty where there is none of that name. */
  Optional<String> property(String key) {
    BytePointer value = new BytePointer((Pointer) null);
    return ov_compiled_model_get_property(model, key, value) == 0
        ? Optional.of(OvRuntime.take(value))
        : Optional.empty();
  }

  private List<TensorInfo> describe(boolean input, List<String> names) {
    try (SizeTPointer count = new SizeTPointer(1)) {
      OvRuntime.check(
          input
              ? ov_compiled_model_inputs_size(model, count)
              : ov_compiled_model_outputs_size(model, count));
      List<TensorInfo> infos = new ArrayList<>();
      for (long i = 0; i < count.get(); i++) {
        ov_output_const_port_t port = new ov_output_const_port_t();
        OvRuntime.check(
            input
                ? ov_compiled_model_input_by_index(model, i, port)
                : ov_compiled_model_output_by_index(model, i, port));
        try {
          infos.add(
              describe(input, port, names.size() == count.get() ? names.get((int) i) : name(port)));
        } finally {
          ov_output_const_port_free(port);
        }
      }
      return List.copyOf(infos);
    }
  }

  private static String name(ov_output_const_port_t port) {
    BytePointer name = new BytePointer((Pointer) null);
    OvRuntime.check(ov_port_get_any_name(port, name));
    return OvRuntime.take(name);
  }

  private TensorInfo describe(boolean input, ov_output_const_port_t port, String name) {
    try (IntPointer code = new IntPointer(1)) {
      OvRuntime.check(ov_port_get_element_type(port, code));
      DataType type =
          runtime
              .types
              .type(code.get())
              .orElseThrow(
                  () ->
                      AvocetException.notSupported(
                          "%s: %s \"%s\" is of OpenVINO's element type %d; supported are tensors of %s"
                              .formatted(
                                  file,
                                  input ? "input" : "output",
                                  name,
                                  code.get(),
                                  List.of(DataType.values()))));
      return new TensorInfo(name, type, shape(name, port));
    }
  }

  private Shape shape(String name, ov_output_const_port_t port) {
    try (ov_partial_shape_t found = new ov_partial_shape_t()) {
      OvRuntime.check(ov_port_get_partial_shape(port, found));
      try {
        long rank = found.rank().min();
        if (rank != found.rank().max()) {
          throw AvocetException.notSupported(
              "%s: \"%s\" has no fixed number of axes".formatted(file, name));
        }
        long[] extents = new long[Math.toIntExact(rank)];
        for (int i = 0; i < extents.length; i++) {
          ov_dimension_t extent = found.dims().getPointer(i);
          extents[i] = extent.min() == extent.max() ? extent.min() : -1;
        }
        return Shape.of(extents);
      } finally {
        ov_partial_shape_free(found);
      }
    }
  }

  /** One user more, while there is one. */
  OvCompiled retain() {
    users.incrementAndGet();
    return this;
  }

  /** One user less. */
  @Override
  public void close() {
    if (users.decrementAndGet() == 0) {
      ov_compiled_model_free(model);
    }
  }
}
