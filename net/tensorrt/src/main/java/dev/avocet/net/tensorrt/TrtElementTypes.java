package dev.avocet.net.tensorrt;

import dev.avocet.core.DataType;
import java.util.Optional;

/** TensorRT's element types, {@code nvinfer1::DataType}, and ours. */
final class TrtElementTypes {
  /** By TensorRT's numbers; null where we have none. */
  private static final DataType[] TYPES = {
    DataType.FLOAT32,
    DataType.FLOAT16,
    DataType.INT8,
    DataType.INT32,
    DataType.BOOL,
    DataType.UINT8,
    null,
    DataType.BFLOAT16,
    DataType.INT64
  };

  private TrtElementTypes() {}

  /** Our type, or empty where we have none. */
  static Optional<DataType> type(int code) {
    return code >= 0 && code < TYPES.length ? Optional.ofNullable(TYPES[code]) : Optional.empty();
  }

  /** What people call a type that we do not have. */
  static String describe(int code) {
    return switch (code) {
      case 6 -> "FP8";
      case 9 -> "INT4";
      case 10 -> "FP4";
      case 11 -> "E8M0";
      default -> "TensorRT's type " + code;
    };
  }

  /** What people call a format of memory, {@code nvinfer1::TensorFormat}; 0 is the linear one. */
  static String describeFormat(int code) {
    String[] names = {
      "linear",
      "CHW2",
      "HWC8",
      "CHW4",
      "CHW16",
      "CHW32",
      "DHWC8",
      "CDHW32",
      "HWC",
      "DLA_LINEAR",
      "DLA_HWC4",
      "HWC16",
      "DHWC"
    };
    return code >= 0 && code < names.length ? names[code] : "TensorRT's format " + code;
  }
}
