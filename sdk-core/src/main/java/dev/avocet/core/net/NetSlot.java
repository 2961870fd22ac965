package dev.avocet.core.net;

import dev.avocet.core.Image;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.preprocess.AffinePass;
import java.util.List;

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
   * Takes pictures in place of a tensor: runs do the passes on them inside of the network, or
   * before it on its device, until {@link #input} is asked for again. Pixels are those of {@link
   * AffinePass} to about one step of 8 bits, since an engine may sample in its own arithmetic. What
   * the passes read of the pictures is copied before this returns. Where {@link
   * Net#compilesPictures}, the first picture of a geometry and format may take as long as opening
   * the network.
   *
   * @param index in the order of {@link Net#inputs}
   * @param passes one for each entry of the batch, all of one shape and type
   * @param pictures the picture of each entry; several entries may look at one picture, whose
   *     pixels are copied once then
   * @return false, with nothing done, where {@link Net#pictureObjection} has one or the engine does
   *     not take so many together; then run the passes into what {@link #input} gives
   */
  default boolean pictures(int index, List<AffinePass> passes, List<Image> pictures) {
    return false;
  }

  /**
   * Runs the network.
   *
   * @throws dev.avocet.core.AvocetException FAIL with the engine's words
   */
  void run();

  /**
   * Starts a run and says when it has ended, so that one thread can keep many slots busy. The slot
   * must not be used until then; {@link #finish} comes next. An engine that can only {@link #run}
   * does so before it returns.
   *
   * @param ended called exactly once, from a thread of the engine or from the caller's, also where
   *     the run fails; must return soon without using the slot. Once it is called other threads may
   *     use the slot, also close it, before it has returned
   * @throws dev.avocet.core.AvocetException where the run cannot be started, or fails before this
   *     returns; {@code ended} is not called then
   */
  default void start(Runnable ended) {
    run();
    ended.run();
  }

  /**
   * Completes a run that has been started and has ended; its outputs are there afterwards. Does
   * nothing where none was started.
   *
   * @throws dev.avocet.core.AvocetException FAIL with the engine's words where the run failed
   */
  default void finish() {}

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
