package dev.avocet.net.openvino;

import static org.bytedeco.openvino.global.openvino.ov_compiled_model_free;

import dev.avocet.core.Tensor;
import java.util.Optional;
import org.bytedeco.openvino.ov_compiled_model_t;

/**
 * What OpenVINO has compiled, and the memory it was imported from: OpenVINO leaves the weights
 * there, which its documentation does not say, so it may go only after the last request. Owns both.
 *
 * @param model the compiled network
 * @param content what it was imported from, if it was
 */
record OvExecutable(ov_compiled_model_t model, Optional<Tensor> content) implements AutoCloseable {
  @Override
  public void close() {
    ov_compiled_model_free(model);
    content.ifPresent(Tensor::close);
  }
}
