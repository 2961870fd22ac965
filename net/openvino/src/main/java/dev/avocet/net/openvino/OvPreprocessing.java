package dev.avocet.net.openvino;

import static org.bytedeco.openvino.global.openvino.ov_layout_create;
import static org.bytedeco.openvino.global.openvino.ov_layout_free;
import static org.bytedeco.openvino.global.openvino.ov_model_free;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_input_info_free;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_input_info_get_model_info;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_input_info_get_preprocess_steps;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_input_info_get_tensor_info;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_input_model_info_free;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_input_model_info_set_layout;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_input_tensor_info_free;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_input_tensor_info_set_color_format;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_input_tensor_info_set_element_type;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_input_tensor_info_set_layout;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_input_tensor_info_set_spatial_static_shape;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_prepostprocessor_build;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_prepostprocessor_create;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_prepostprocessor_free;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_prepostprocessor_get_input_info_by_index;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_preprocess_steps_convert_color;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_preprocess_steps_convert_element_type;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_preprocess_steps_crop;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_preprocess_steps_free;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_preprocess_steps_mean_multi_channels;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_preprocess_steps_resize;
import static org.bytedeco.openvino.global.openvino.ov_preprocess_preprocess_steps_scale_multi_channels;

import dev.avocet.core.DataType;
import dev.avocet.core.Rect;
import dev.avocet.core.preprocess.AffinePass;
import org.bytedeco.openvino.global.openvino;
import org.bytedeco.openvino.ov_layout_t;
import org.bytedeco.openvino.ov_model_t;
import org.bytedeco.openvino.ov_preprocess_input_info_t;
import org.bytedeco.openvino.ov_preprocess_input_model_info_t;
import org.bytedeco.openvino.ov_preprocess_input_tensor_info_t;
import org.bytedeco.openvino.ov_preprocess_prepostprocessor_t;
import org.bytedeco.openvino.ov_preprocess_preprocess_steps_t;

/**
 * Puts a pass before a network, with OpenVINO's own preprocessing. That can sample only at the very
 * size that the network takes; so what comes after sampling is put there first, and the network
 * takes the sampled picture when the rest is put before it.
 *
 * <p>Sampling is in float: half-pixel centres as OpenCV has them, but without its rounding to 11
 * bits in between and to 8 at the end.
 */
final class OvPreprocessing {
  private final OvTypes types;
  private final OvPass own;
  private final AffinePass pass;

  OvPreprocessing(OvTypes types, OvPass own) {
    this.types = types;
    this.own = own;
    this.pass = own.pass();
  }

  /** Changes the network's input, which has a fixed shape, to a UINT8 window of a picture. */
  void prepend(ov_model_t network) {
    stage(network, pass.layout().name(), this::afterSampling);
    stage(network, "NHWC", this::untilSampling);
  }

  /** What is said of the caller's side of an input, and the steps from there to the network's. */
  private interface Side {
    void describe(ov_preprocess_input_tensor_info_t given, ov_preprocess_preprocess_steps_t steps);
  }

  private void stage(ov_model_t network, String layout, Side side) {
    ov_preprocess_prepostprocessor_t all = new ov_preprocess_prepostprocessor_t();
    OvRuntime.check(ov_preprocess_prepostprocessor_create(network, all));
    ov_preprocess_input_info_t info = new ov_preprocess_input_info_t();
    ov_preprocess_input_tensor_info_t given = new ov_preprocess_input_tensor_info_t();
    ov_preprocess_preprocess_steps_t steps = new ov_preprocess_preprocess_steps_t();
    ov_preprocess_input_model_info_t taken = new ov_preprocess_input_model_info_t();
    ov_model_t built = new ov_model_t();
    try {
      OvRuntime.check(ov_preprocess_prepostprocessor_get_input_info_by_index(all, 0, info));
      OvRuntime.check(ov_preprocess_input_info_get_tensor_info(info, given));
      OvRuntime.check(ov_preprocess_input_info_get_preprocess_steps(info, steps));
      OvRuntime.check(ov_preprocess_input_info_get_model_info(info, taken));
      layout("NHWC", l -> ov_preprocess_input_tensor_info_set_layout(given, l));
      side.describe(given, steps);
      layout(layout, l -> ov_preprocess_input_model_info_set_layout(taken, l));
      // The network itself is changed; what comes back is another handle of it.
      OvRuntime.check(ov_preprocess_prepostprocessor_build(all, built));
    } finally {
      ov_model_free(built);
      ov_preprocess_input_model_info_free(taken);
      ov_preprocess_preprocess_steps_free(steps);
      ov_preprocess_input_tensor_info_free(given);
      ov_preprocess_input_info_free(info);
      ov_preprocess_prepostprocessor_free(all);
    }
  }

  /** What is done with a layout. */
  private interface Setting {
    int set(ov_layout_t layout);
  }

  private static void layout(String text, Setting setting) {
    ov_layout_t layout = new ov_layout_t();
    OvRuntime.check(ov_layout_create(text, layout));
    try {
      OvRuntime.check(setting.set(layout));
    } finally {
      ov_layout_free(layout);
    }
  }

  private void untilSampling(
      ov_preprocess_input_tensor_info_t given, ov_preprocess_preprocess_steps_t steps) {
    given(given, DataType.UINT8, pass.source().height(), pass.source().width());
    if (own.pixels() != OvPixels.GREY) {
      int code = own.pixels().code;
      int wanted = own.isBgr() ? openvino.BGR : openvino.RGB;
      OvRuntime.check(ov_preprocess_input_tensor_info_set_color_format(given, code));
      if (code != wanted) {
        OvRuntime.check(ov_preprocess_preprocess_steps_convert_color(steps, wanted));
      }
    }
    int type = types.code(DataType.FLOAT32);
    OvRuntime.check(ov_preprocess_preprocess_steps_convert_element_type(steps, type));
    if (own.resizes()) {
      OvRuntime.check(ov_preprocess_preprocess_steps_resize(steps, openvino.RESIZE_LINEAR));
    }
  }

  private void afterSampling(
      ov_preprocess_input_tensor_info_t given, ov_preprocess_preprocess_steps_t steps) {
    given(given, DataType.FLOAT32, pass.resizedHeight(), pass.resizedWidth());
    if (own.crops()) {
      Rect kept = pass.kept();
      int[] begin = {0, kept.y(), kept.x(), 0};
      int[] end = {1, kept.y() + kept.height(), kept.x() + kept.width(), pass.channels()};
      OvRuntime.check(ov_preprocess_preprocess_steps_crop(steps, begin, 4, end, 4));
    }
    boolean padsBefore = own.padsBefore();
    if (pass.padded() && padsBefore) {
      pad(steps, own.rawPad());
    }
    normalise(steps);
    if (pass.padded() && !padsBefore) {
      pad(steps, pass.padValue()[0]);
    }
  }

  private void pad(ov_preprocess_preprocess_steps_t steps, float value) {
    int bottom = pass.height() - pass.top() - pass.kept().height();
    int right = pass.width() - pass.left() - pass.kept().width();
    int[] begin = {0, pass.top(), pass.left(), 0};
    OvRuntime.check(OvPad.avocet_pad(steps, begin, new int[] {0, bottom, right, 0}, value));
  }

  private void normalise(ov_preprocess_preprocess_steps_t steps) {
    int n = pass.channels();
    float[] divisors = new float[n];
    boolean shifts = false;
    boolean scales = false;
    for (int c = 0; c < n; c++) {
      divisors[c] = 1 / pass.scale()[c];
      shifts |= pass.mean()[c] != 0;
      scales |= pass.scale()[c] != 1;
    }
    if (shifts) {
      OvRuntime.check(ov_preprocess_preprocess_steps_mean_multi_channels(steps, pass.mean(), n));
    }
    if (scales) {
      OvRuntime.check(ov_preprocess_preprocess_steps_scale_multi_channels(steps, divisors, n));
    }
  }

  private void given(
      ov_preprocess_input_tensor_info_t given, DataType type, int height, int width) {
    int code = types.code(type);
    OvRuntime.check(ov_preprocess_input_tensor_info_set_element_type(given, code));
    OvRuntime.check(ov_preprocess_input_tensor_info_set_spatial_static_shape(given, height, width));
  }
}
