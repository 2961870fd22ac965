package dev.avocet.core.preprocess;

import dev.avocet.core.Image;
import dev.avocet.core.Tensor;

/**
 * Runs {@link AffinePass}es; owns its scratch memory. One per slot, confined to one thread at a
 * time.
 */
public interface PassExecutor extends AutoCloseable {
  /**
   * Runs the pass from the source's pixels into entry {@code index} of the target.
   *
   * @param source any format; its rotation is applied first
   * @param target of shape {@code pass.shape(batch)} and type {@code pass.type()}
   */
  void execute(AffinePass pass, Image source, Tensor target, int index);

  /** Frees the scratch memory. */
  @Override
  void close();
}
