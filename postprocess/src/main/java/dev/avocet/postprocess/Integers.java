package dev.avocet.postprocess;

import dev.avocet.core.Tensor;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/** Whole numbers that a network answers as FLOAT32, INT32 or INT64; confined to one thread. */
public interface Integers {
  /** Number {@code i} in the order of the memory; what is no whole number is cut off towards 0. */
  int get(int i);

  /**
   * Reads the output {@code name}.
   *
   * @throws dev.avocet.core.AvocetException FAIL where it has another type
   */
  static Integers of(String name, Tensor tensor) {
    return switch (tensor.type()) {
      case FLOAT32 -> {
        FloatBuffer floats = tensor.floats();
        yield i -> (int) floats.get(i);
      }
      case INT32 -> tensor.ints()::get;
      case INT64 -> {
        LongBuffer longs = tensor.longs();
        yield i -> (int) longs.get(i);
      }
      default -> throw Outputs.unexpected(name, "FLOAT32, INT32 or INT64", tensor);
    };
  }
}
