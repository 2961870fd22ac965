package dev.avocet.net.onnxruntime;

import static org.bytedeco.onnxruntime.global.onnxruntime.*;

import dev.avocet.core.DataType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** ONNX Runtime's element types and ours. */
final class OrtTypes {
  private static final Map<DataType, Integer> CODES = new EnumMap<>(DataType.class);

  static {
    CODES.put(DataType.FLOAT32, ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT);
    CODES.put(DataType.FLOAT16, ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16);
    CODES.put(DataType.BFLOAT16, ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16);
    CODES.put(DataType.UINT8, ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8);
    CODES.put(DataType.INT8, ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8);
    CODES.put(DataType.INT32, ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32);
    CODES.put(DataType.INT64, ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64);
    CODES.put(DataType.BOOL, ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL);
  }

  private OrtTypes() {}

  static int code(DataType type) {
    return CODES.get(type);
  }

  /** Our type, or empty where we have none. */
  static Optional<DataType> type(int code) {
    return CODES.entrySet().stream()
        .filter(e -> e.getValue() == code)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** What people call a type that we do not have. */
  static String describe(int code) {
    return switch (code) {
      case 0 -> "no tensor but a sequence, map or optional";
      case 4 -> "UINT16";
      case 5 -> "INT16";
      case 8 -> "STRING";
      case 11 -> "FLOAT64";
      case 12 -> "UINT32";
      case 13 -> "UINT64";
      default -> "ONNX element type " + code;
    };
  }
}
