package dev.avocet.core.net;

import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;

/**
 * Everything that one run in flight needs: bound inputs and outputs, allocated once and reused.
 * Slots of one net run side by side; one slot is used by one thread at a time.
 */
public interface NetSlot extends AutoCloseable {
  /**
   * The memory that the next run reads input {@code index} from; write into it. The same tensor
   * comes back until the shape changes, with what was written before.
   *
   * @param index in the order of {@link Net#inputs}
   * @throws dev.avocet.core.AvocetException INVALID_ARG where the network does not take the shape
   */
  Tensor input(int index, Shape shape);

  /**
   * Runs the network.
   *
   * @throws dev.avocet.core.AvocetException FAIL with the engine's words
   */
  void run();

  /** Output {@code index} of the last run; valid until the next run or close. */
  Tensor output(int index);

  /** Frees the slot; must not be called while it runs. */
  @Override
  void close();
}
