package dev.avocet.core.net;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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

  /**
   * Starts a run and says when it has ended, so that one thread can keep many slots busy. The slot
   * must not be used until then. An engine that can only {@link #run} does so before it returns.
   *
   * @param ended gets what went wrong, or nothing; called exactly once, from a thread of the engine
   *     or from the caller's, and must return soon without using the slot. Once it is called other
   *     threads may use the slot, also close it, before it has returned
   * @throws dev.avocet.core.AvocetException where the run cannot be started; {@code ended} is not
   *     called then
   */
  default void start(Consumer<Optional<AvocetException>> ended) {
    Optional<AvocetException> failure = Optional.empty();
    try {
      run();
    } catch (AvocetException e) {
      failure = Optional.of(e);
    }
    ended.accept(failure);
  }

  /** Output {@code index} of the last run; valid until the next run or close. */
  Tensor output(int index);

  /**
   * What each layer took in the last run, in order; empty unless the engine was asked for it by an
   * option of its own.
   */
  default List<LayerTime> layers() {
    return List.of();
  }

  /** Frees the slot; must not be called while it runs. */
  @Override
  void close();
}
