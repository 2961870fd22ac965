package dev.avocet.net.openvino;

import static org.bytedeco.openvino.global.openvino.ov_core_read_model_from_memory_buffer;
import static org.bytedeco.openvino.global.openvino.ov_model_const_input_by_index;
import static org.bytedeco.openvino.global.openvino.ov_model_free;
import static org.bytedeco.openvino.global.openvino.ov_output_const_port_free;
import static org.bytedeco.openvino.global.openvino.ov_port_get_element_type;

import dev.avocet.core.DataType;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.openvino.ov_model_t;
import org.bytedeco.openvino.ov_output_const_port_t;

/**
 * OpenVINO's element types and ours. The numbers of its enumeration differ from release to release
 * (2026 dropped its first), so the library itself is asked: it reads a network with one input of
 * each type.
 */
final class OvTypes {
  /** Names in OpenVINO's own model format. */
  private static final Map<DataType, String> NAMES =
      new EnumMap<>(
          Map.of(
              DataType.FLOAT32, "f32",
              DataType.FLOAT16, "f16",
              DataType.BFLOAT16, "bf16",
              DataType.UINT8, "u8",
              DataType.INT8, "i8",
              DataType.INT32, "i32",
              DataType.INT64, "i64",
              DataType.BOOL, "boolean"));

  private final Map<DataType, Integer> codes = new EnumMap<>(DataType.class);

  private OvTypes() {}

  static OvTypes ask(OvRuntime runtime) {
    OvTypes types = new OvTypes();
    byte[] text = network().getBytes(StandardCharsets.US_ASCII);
    ov_model_t model = new ov_model_t();
    try (BytePointer bytes = new BytePointer(text);
        IntPointer code = new IntPointer(1)) {
      OvRuntime.check(
          ov_core_read_model_from_memory_buffer(runtime.core, bytes, text.length, null, model));
      List<DataType> all = List.copyOf(NAMES.keySet());
      for (int i = 0; i < all.size(); i++) {
        ov_output_const_port_t port = new ov_output_const_port_t();
        OvRuntime.check(ov_model_const_input_by_index(model, i, port));
        OvRuntime.check(ov_port_get_element_type(port, code));
        ov_output_const_port_free(port);
        types.codes.put(all.get(i), code.get());
      }
      return types;
    } finally {
      if (!model.isNull()) {
        ov_model_free(model);
      }
    }
  }

  private static String network() {
    StringBuilder layers = new StringBuilder();
    StringBuilder edges = new StringBuilder();
    int id = 0;
    for (String name : NAMES.values()) {
      layers.append(
          """
          <layer id="%d" name="in%1$d" type="Parameter" version="opset1"><data shape="1" element_type="%s"/>\
          <output><port id="0" precision="%s"><dim>1</dim></port></output></layer>\
          <layer id="%d" name="out%1$d" type="Result" version="opset1">\
          <input><port id="0" precision="%3$s"><dim>1</dim></port></input></layer>"""
              .formatted(id, name, precision(name), id + 1));
      edges.append(
          "<edge from-layer=\"%d\" from-port=\"0\" to-layer=\"%d\" to-port=\"0\"/>"
              .formatted(id, id + 1));
      id += 2;
    }
    return "<?xml version=\"1.0\"?><net name=\"types\" version=\"11\"><layers>%s</layers><edges>%s</edges></net>"
        .formatted(layers, edges);
  }

  private static String precision(String name) {
    return name.equals("boolean")
        ? "BOOL"
        : name.replaceFirst("^f", "FP").toUpperCase(java.util.Locale.ROOT);
  }

  int code(DataType type) {
    return codes.get(type);
  }

  /** Our type, or empty where we have none. */
  Optional<DataType> type(int code) {
    return codes.entrySet().stream()
        .filter(e -> e.getValue() == code)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
