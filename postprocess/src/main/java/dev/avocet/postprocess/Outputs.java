package dev.avocet.postprocess;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.NetOutputs;

/** Checks of what a network answered, all failing with {@link Status#FAIL}. Stateless. */
public final class Outputs {
  /** Stands in {@link #check} for any extent of 1 or more. */
  public static final long ANY = -1;

  private Outputs() {}

  /**
   * The failure of an output that is not as the head needs it.
   *
   * @param name of the output
   * @param expected completes "expected …"
   */
  public static AvocetException unexpected(String name, String expected, Tensor found) {
    return new AvocetException(
        Status.FAIL,
        "output \"%s\": expected %s, found %s%s"
            .formatted(name, expected, found.type(), found.shape()));
  }

  /** What the output is called: {@code name}, or whatever the only output there is is called. */
  public static String nameOf(NetOutputs outputs, String name) {
    return outputs.names().size() == 1 ? outputs.names().get(0) : name;
  }

  /**
   * Checks type and shape.
   *
   * @param expected for each axis its extent, or {@link #ANY}
   */
  public static void check(String name, Tensor tensor, DataType type, long... expected) {
    boolean fits = tensor.type() == type && tensor.shape().rank() == expected.length;
    for (int i = 0; fits && i < expected.length; i++) {
      long dim = tensor.shape().dim(i);
      fits = expected[i] < 0 ? dim >= 1 : dim == expected[i];
    }
    if (!fits) {
      throw unexpected(name, type.toString() + Shape.of(expected), tensor);
    }
  }

  /** Checks that a batch has an entry {@code index}: the outermost of {@code tensor}'s axes. */
  public static void checkIndex(String name, Tensor tensor, int index) {
    if (index >= tensor.shape().dim(0)) {
      throw unexpected(name, "a batch of at least " + (index + 1), tensor);
    }
  }

  /** The failure of a network that answers NaN; {@code what} says where. */
  public static AvocetException nan(String what) {
    return new AvocetException(
        Status.FAIL,
        "the network's output holds NaN: "
            + what
            + "; its weights, or the precision it runs in, do not fit the picture's values");
  }
}
