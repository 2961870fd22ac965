package dev.avocet.net.openvino;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Const;
import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.openvino.ov_preprocess_preprocess_steps_t;

/**
 * Padding before a network, which releases before 2026 lack: a binding of the function itself would
 * end the process there.
 */
@Properties(
    inherit = org.bytedeco.openvino.presets.openvino.class,
    value = @Platform(include = "avocet_openvino_pad.h", library = "jniavocetopenvino"))
final class OvPad {
  static {
    Loader.load();
  }

  private OvPad() {}

  /** Whether the library that is loaded can. */
  static native @Cast("bool") boolean avocet_can_pad();

  /**
   * Adds a step; answers a status.
   *
   * @param begin elements to add before each of 4 axes
   * @param end elements to add behind each
   */
  static native int avocet_pad(
      @Const ov_preprocess_preprocess_steps_t steps,
      @Const int[] begin,
      @Const int[] end,
      float value);
}
