package dev.avocet.core.postprocess;

import dev.avocet.core.preprocess.SampleMeta;

/**
 * Decodes what a network answered for one picture. A head belongs to one slot: it may keep scratch
 * memory, and is used by one thread at a time.
 *
 * @param <T> what comes out, for example {@link Boxes}
 */
public interface Head<T> {
  /** The class of what comes out, with which a handle checks that the model fits it. */
  Class<T> resultType();

  /**
   * Decodes one picture.
   *
   * @param outputs of the network
   * @param index of the picture in the batch
   * @param meta geometry of the picture
   * @param options of this call
   * @return the result; where its class says so it is reused by the next call
   * @throws dev.avocet.core.AvocetException FAIL where the outputs have not the wanted names, types
   *     or shapes, or hold NaN
   */
  T decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options);
}
