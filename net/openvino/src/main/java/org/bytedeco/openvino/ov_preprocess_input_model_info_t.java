package org.bytedeco.openvino;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.annotation.Opaque;
import org.bytedeco.javacpp.annotation.Properties;

/** An input as the network takes it. */
@Opaque
@Properties(inherit = org.bytedeco.openvino.presets.openvino.class)
@SuppressWarnings("TypeNameCasing") // the name of the C API, as the official preset has it
public class ov_preprocess_input_model_info_t extends Pointer {
  /** A null pointer, for a call to set. */
  public ov_preprocess_input_model_info_t() {
    super((Pointer) null);
  }

  /** The same address as another type. */
  public ov_preprocess_input_model_info_t(Pointer p) {
    super(p);
  }
}
