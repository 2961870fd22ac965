package dev.avocet.postprocess;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;

/** Checks of what a network answered, all failing with {@link Status#FAIL}. Stateless. */
public final class Outputs {
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
