package dev.avocet.net.openvino;

import static org.bytedeco.openvino.global.openvino.ov_infer_request_free;
import static org.bytedeco.openvino.global.openvino.ov_infer_request_get_output_tensor_by_index;
import static org.bytedeco.openvino.global.openvino.ov_infer_request_get_profiling_info;
import static org.bytedeco.openvino.global.openvino.ov_infer_request_infer;
import static org.bytedeco.openvino.global.openvino.ov_infer_request_set_callback;
import static org.bytedeco.openvino.global.openvino.ov_infer_request_set_input_tensor_by_index;
import static org.bytedeco.openvino.global.openvino.ov_infer_request_set_output_tensor_by_index;
import static org.bytedeco.openvino.global.openvino.ov_infer_request_start_async;
import static org.bytedeco.openvino.global.openvino.ov_infer_request_wait;
import static org.bytedeco.openvino.global.openvino.ov_profiling_info_list_free;
import static org.bytedeco.openvino.global.openvino.ov_shape_free;
import static org.bytedeco.openvino.global.openvino.ov_tensor_create_from_host_ptr;
import static org.bytedeco.openvino.global.openvino.ov_tensor_data;
import static org.bytedeco.openvino.global.openvino.ov_tensor_free;
import static org.bytedeco.openvino.global.openvino.ov_tensor_get_shape;

import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.internal.TensorBuffer;
import dev.avocet.core.net.LayerTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openvino.ov_callback_t;
import org.bytedeco.openvino.ov_infer_request_t;
import org.bytedeco.openvino.ov_profiling_info_list_t;
import org.bytedeco.openvino.ov_profiling_info_t;
import org.bytedeco.openvino.ov_shape_t;
import org.bytedeco.openvino.ov_tensor_t;

/**
 * One run in flight of a compiled network. Inputs and outputs of fixed shape lie in our memory and
 * are set once; other outputs are read where OpenVINO has put them. For one thread at a time.
 */
final class OvRequest implements AutoCloseable {
  private final OvRuntime runtime;
  private final OvCompiled compiled;
  private final List<TensorInfo> infos;
  private final ov_infer_request_t request;
  // What each input was set to, to notice when its memory has moved.
  private final Tensor[] bound;
  // Null for outputs that OpenVINO allocates, since their shape is known only after a run.
  private final TensorBuffer[] own;
  private final Tensor[] outputs;
  // Filled by the calls that find outputs, so that a run makes next to no Java objects.
  private final ov_tensor_t found = new ov_tensor_t();
  private final ov_shape_t extents = new ov_shape_t();
  private final Pointer data = new Pointer();
  private boolean hasCallback;

  OvRequest(OvRuntime runtime, OvCompiled compiled) {
    this.runtime = runtime;
    this.infos = compiled.outputs();
    this.bound = new Tensor[compiled.inputs().size()];
    this.own = new TensorBuffer[infos.size()];
    this.outputs = new Tensor[infos.size()];
    this.compiled = compiled.retain();
    this.request = request(compiled);
    try {
      for (int i = 0; i < own.length; i++) {
        if (infos.get(i).shape().isStatic() && infos.get(i).shape().elements() > 0) {
          own[i] = new TensorBuffer(infos.get(i).type());
          outputs[i] = own[i].reshape(infos.get(i).shape());
          int index = i;
          wrap(
              outputs[i],
              tensor -> ov_infer_request_set_output_tensor_by_index(request, index, tensor));
        }
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static ov_infer_request_t request(OvCompiled compiled) {
    try {
      return compiled.request();
    } catch (RuntimeException e) {
      compiled.close();
      throw e;
    }
  }

  /** What is done with a tensor of OpenVINO's on memory of ours. */
  private interface Setting {
    int set(ov_tensor_t tensor);
  }

  private void wrap(Tensor memory, Setting setting) {
    ov_tensor_t tensor = new ov_tensor_t();
    try (ov_shape_t shape = new ov_shape_t();
        LongPointer dims = new LongPointer(memory.shape().toArray());
        Pointer data = new At(memory.address())) {
      shape.rank(memory.shape().rank()).dims(dims);
      OvRuntime.check(
          ov_tensor_create_from_host_ptr(runtime.types.code(memory.type()), shape, data, tensor));
      // The request holds on to the tensor.
      OvRuntime.check(setting.set(tensor));
    } finally {
      ov_tensor_free(tensor);
    }
  }

  /** An address as JavaCPP wants it; owns nothing. */
  private static final class At extends Pointer {
    At(long address) {
      this.address = address;
    }
  }

  /** Lets the next run read an input from this memory, which has to stay until it has ended. */
  void input(int index, Tensor memory) {
    if (bound[index] != memory) {
      wrap(memory, tensor -> ov_infer_request_set_input_tensor_by_index(request, index, tensor));
      bound[index] = memory;
    }
  }

  /** Runs; answers a status. */
  int run() {
    return ov_infer_request_infer(request);
  }

  /** Starts a run, at whose end {@code callback} is called; answers a status. */
  int start(ov_callback_t callback) {
    if (!hasCallback) {
      OvRuntime.check(ov_infer_request_set_callback(request, callback));
      hasCallback = true;
    }
    return ov_infer_request_start_async(request);
  }

  /** Waits for the end of a run that has been started; answers its status. */
  int finish() {
    return ov_infer_request_wait(request);
  }

  /** Output {@code index} of the last run. */
  Tensor output(int index) {
    return outputs[index];
  }

  /** Finds the outputs that lie in memory of OpenVINO's; after each run. */
  void collect() {
    for (int i = 0; i < own.length; i++) {
      if (own[i] == null) {
        collect(i);
      }
    }
  }

  private void collect(int index) {
    OvRuntime.check(ov_infer_request_get_output_tensor_by_index(request, index, found));
    try {
      OvRuntime.check(ov_tensor_get_shape(found, extents));
      try {
        LongPointer dims = extents.dims();
        int rank = Math.toIntExact(extents.rank());
        if (!hasShape(outputs[index], dims, rank) || !isThere(outputs[index])) {
          take(index, dims, rank);
        }
      } finally {
        ov_shape_free(extents);
      }
    } finally {
      ov_tensor_free(found);
    }
  }

  private static boolean hasShape(Tensor last, LongPointer dims, int rank) {
    if (last == null || last.shape().rank() != rank) {
      return false;
    }
    for (int i = 0; i < rank; i++) {
      if (last.shape().dim(i) != dims.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the output of this shape lies where it lay after the run before. */
  private boolean isThere(Tensor last) {
    if (last.byteSize() == 0) {
      return true;
    }
    OvRuntime.check(ov_tensor_data(found, data));
    return last.address() == data.address();
  }

  private void take(int index, LongPointer dims, int rank) {
    if (outputs[index] != null) {
      outputs[index].close();
      outputs[index] = null;
    }
    long[] all = new long[rank];
    for (int i = 0; i < rank; i++) {
      all[i] = dims.get(i);
    }
    Shape shape = Shape.of(all);
    if (shape.elements() == 0) {
      outputs[index] = Tensor.allocate(infos.get(index).type(), shape);
    } else {
      OvRuntime.check(ov_tensor_data(found, data));
      outputs[index] = Tensor.wrap(data.address(), infos.get(index).type(), shape);
    }
  }

  /** What the layers took in the last run; of those that ran. */
  List<LayerTime> layers() {
    try (ov_profiling_info_list_t list = new ov_profiling_info_list_t()) {
      OvRuntime.check(ov_infer_request_get_profiling_info(request, list));
      try {
        List<LayerTime> layers = new ArrayList<>();
        for (long i = 0; i < list.size(); i++) {
          ov_profiling_info_t info = list.profiling_infos().getPointer(i);
          if (info.status() == EXECUTED) {
            layers.add(time(info));
          }
        }
        return layers;
      } finally {
        ov_profiling_info_list_free(list);
      }
    }
  }

  private static LayerTime time(ov_profiling_info_t info) {
    return new LayerTime(
        info.node_name().getString(StandardCharsets.UTF_8),
        info.node_type().getString(StandardCharsets.UTF_8),
        info.exec_type().getString(StandardCharsets.UTF_8),
        Duration.of(info.real_time(), ChronoUnit.MICROS));
  }

  private static final int EXECUTED = 2;

  /** Frees everything; no run may be going on. */
  @Override
  public void close() {
    ov_infer_request_free(request);
    extents.close();
    compiled.close();
    for (int i = 0; i < own.length; i++) {
      if (own[i] != null) {
        own[i].close();
      } else if (outputs[i] != null) {
        outputs[i].close();
      }
    }
  }
}
