package dev.avocet.net.tensorrt;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * In which types an engine computes. Networks with quantisation nodes (QuantizeLinear,
 * DequantizeLinear) keep what these say, whatever is asked for.
 */
enum TrtPrecision {
  /** Float32 with its whole mantissa, as on a processor. */
  FP32,
  /** Float32 whose products have mantissas of 10 bits: TensorRT's own default, from sm_80 on. */
  TF32,
  /** Float16 where that is faster, else float32. */
  FP16,
  /** Bfloat16 where that is faster, else float32; from sm_80 on. */
  BF16,
  /** Int8 by quantisation nodes or by calibration, else float16. */
  INT8,
  /** Float8 by quantisation nodes, else the types that the network states; from sm_89 on. */
  FP8,
  /** Whatever is fastest of all that needs no calibration. */
  BEST,
  /** The types that the network states and no other: TensorRT's strongly typed networks. */
  TYPED;

  /** As it is written in options. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<TrtPrecision> of(String text) {
    return Arrays.stream(values()).filter(value -> value.text().equals(text)).findFirst();
  }

  static List<String> texts() {
    return Arrays.stream(values()).map(TrtPrecision::text).toList();
  }
}
