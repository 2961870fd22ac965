package dev.avocet.net.openvino;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.annotation.ByPtrPtr;
import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Const;
import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.openvino.ov_compiled_model_t;
import org.bytedeco.openvino.ov_core_t;
import org.bytedeco.openvino.ov_model_t;

/**
 * Compiling with properties, for which OpenVINO's C API has functions of a variable number of
 * arguments; in a library of its own, which stays when the official binding replaces ours.
 */
@Properties(
    inherit = org.bytedeco.openvino.presets.openvino.class,
    value = @Platform(include = "avocet_openvino.h", library = "jniavocetopenvino"))
final class OvCompile {
  static {
    Loader.load();
  }

  /** Most properties that a network may be given. */
  static final int MOST = 24;

  private OvCompile() {}

  /**
   * Compiles a network.
   *
   * @param texts keys and values in turn, in an array of {@code 2 * MOST}
   * @param count texts that are there
   */
  @Cast("ov_status_e")
  static native int avocet_compile_model(
      @Const ov_core_t core,
      @Const ov_model_t model,
      @Cast("const char*") BytePointer device,
      @Cast("const char**") PointerPointer<Pointer> texts,
      @Cast("size_t") long count,
      @ByPtrPtr ov_compiled_model_t compiled);

  /** Sets a property of a core's device. */
  @Cast("ov_status_e")
  static native int avocet_set_property(
      @Const ov_core_t core, String device, String key, String value);
}
