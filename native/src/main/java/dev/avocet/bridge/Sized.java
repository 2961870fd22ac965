package dev.avocet.bridge;

import dev.avocet.core.AvocetException;

/** The field {@code size} that structs begin with which may grow. Stateless. */
final class Sized {
  /** Beyond what any later release may need: what is larger is not a size. */
  private static final long MAX_BYTES = 1 << 16;

  private Sized() {}

  /**
   * The struct's size as its caller knows it.
   *
   * @param name of the parameter, for messages
   * @param least what this release reads
   * @throws AvocetException INVALID_ARG where the pointer is NULL or the size cannot be one
   */
  static int check(String name, long address, int least) {
    CMemory.need(name, address);
    long size = Integer.toUnsignedLong(CMemory.int32(address));
    if (size < least || size > MAX_BYTES || size % Integer.BYTES != 0) {
      throw AvocetException.invalidArgument(
          "%s.size=%d: expected %d, set it with the struct's init function or sizeof"
              .formatted(name, size, least));
    }
    return (int) size;
  }
}
