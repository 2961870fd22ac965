package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import java.util.Set;
import java.util.TreeSet;

/**
 * In which types an engine may compute, as TensorRT's builder wants it said.
 *
 * @param typed whether the network's own types count and nothing else
 * @param on flags to set
 * @param tf32 whether products of float32 may have short mantissas
 */
record TrtTypes(boolean typed, Set<Flag> on, boolean tf32) {

  /**
   * Flags of the builder, {@code nvinfer1::BuilderFlag}. All releases 10 have them; from 10.12 on
   * their names are deprecated, since releases 11 know strongly typed networks only.
   */
  enum Flag {
    FP16(0),
    INT8(1),
    BF16(17);

    final int number;

    Flag(int number) {
      this.number = number;
    }
  }

  /** What a network is quantised to by its own nodes. */
  enum Quantised {
    INT8,
    /** Float8, float4 and int4, which only strongly typed networks have. */
    SMALLER
  }

  /**
   * Of the options and the network.
   *
   * @param quantised what the network's nodes quantise to
   * @param calibrated whether there is a calibration
   * @param capability 10 x major + minor of the GPU's
   * @throws AvocetException INVALID_ARG where the network cannot be in that precision,
   *     NOT_SUPPORTED where the GPU cannot
   */
  static TrtTypes of(
      TrtPrecision precision, Set<Quantised> quantised, boolean calibrated, int capability) {
    check(precision, quantised, calibrated, capability);
    boolean typed =
        precision == TrtPrecision.TYPED
            || precision == TrtPrecision.FP8
            || quantised.contains(Quantised.SMALLER);
    if (typed) {
      return new TrtTypes(true, Set.of(), precision != TrtPrecision.FP32);
    }
    Set<Flag> on = new TreeSet<>();
    switch (precision) {
      case FP16, INT8 -> on.add(Flag.FP16);
      case BF16 -> on.add(Flag.BF16);
      case BEST -> {
        on.add(Flag.FP16);
        if (capability >= 80) {
          on.add(Flag.BF16);
        }
      }
      default -> {}
    }
    if (precision == TrtPrecision.INT8 || quantised.contains(Quantised.INT8)) {
      on.add(Flag.INT8);
    }
    return new TrtTypes(false, on, precision != TrtPrecision.FP32);
  }

  private static void check(
      TrtPrecision precision, Set<Quantised> quantised, boolean calibrated, int capability) {
    int needed =
        switch (precision) {
          case BF16 -> 80;
          case FP8 -> 89;
          default -> 0;
        };
    if (capability < needed) {
      throw AvocetException.notSupported(
          "precision=%s: the GPU is sm_%d, needed is sm_%d or later; take fp16"
              .formatted(precision.text(), capability, needed));
    }
    boolean nodes = !quantised.isEmpty();
    if (precision == TrtPrecision.INT8 && nodes == calibrated) {
      throw AvocetException.invalidArgument(
          nodes
              ? "calibration: the network has quantisation nodes already, which count; leave the option away"
              : "precision=int8: the network has no quantisation nodes (QuantizeLinear); name tensors in the option calibration=FOLDER, or quantise the network");
    }
    if (precision == TrtPrecision.FP8 && !quantised.contains(Quantised.SMALLER)) {
      throw AvocetException.invalidArgument(
          "precision=fp8: the network has no quantisation nodes to float8; quantise it before it is exported");
    }
  }
}
