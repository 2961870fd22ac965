package dev.avocet.bridge;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.internal.Memory;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Results that C programs hold, by address, until they release them. Thread safe; looking up takes
 * no lock.
 */
final class Results {
  /** One block of memory, and the pictures whose pixels it points at. */
  private record Live(int type, Memory block, List<Image> owned) {}

  private final ConcurrentHashMap<Long, Live> live = new ConcurrentHashMap<>();

  /**
   * Lays a result out and keeps it.
   *
   * @param kind type of what answers it
   * @return its address
   */
  long add(int kind, Result result) {
    try {
      Memory block = Out.block(result);
      live.put(block.address(), new Live(result.releasedAs(kind), block, result.owned()));
      return block.address();
    } catch (RuntimeException | Error e) {
      closeAll(result.owned());
      throw e;
    }
  }

  /**
   * Frees a result.
   *
   * @throws AvocetException INVALID_ARG where there is none of this type at the address
   */
  void release(int type, long address) {
    Live result = live.get(address);
    if (result != null && result.type != type) {
      throw AvocetException.invalidArgument(
          "the result %s is of %s: it cannot be released as that of %s"
              .formatted(CMemory.hex(address), Types.noun(result.type), Types.noun(type)));
    }
    if (result == null || !live.remove(address, result)) {
      throw AvocetException.invalidArgument(
          "%s is no result of %s that is held: it is released already or never came from here"
              .formatted(CMemory.hex(address), Types.noun(type)));
    }
    result.block.close();
    closeAll(result.owned);
  }

  /** How many are held. */
  int size() {
    return live.size();
  }

  private static void closeAll(List<Image> images) {
    images.forEach(Image::close);
  }
}
