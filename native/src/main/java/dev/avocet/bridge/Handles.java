package dev.avocet.bridge;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What C programs hold by number. A number has 63 bits: 16 of this process, so that garbage and the
 * handles of another process are recognised; 42 that count up, so that none is given twice; 5 of
 * the type. A destroyed handle can therefore be told from one that never was. Thread safe; looking
 * up takes no lock.
 */
final class Handles {
  private static final int TYPE_BITS = 5;
  private static final int COUNT_BITS = 42;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  private record Entry(int type, AutoCloseable object, long owner) {}

  private final ConcurrentHashMap<Long, Entry> live = new ConcurrentHashMap<>();

  /** The live handles that end with another, by that one. */
  private final ConcurrentHashMap<Long, Set<Long>> owned = new ConcurrentHashMap<>();

  private final AtomicLong count = new AtomicLong();
  private final long process = 1L + new SecureRandom().nextInt((1 << 16) - 1);

  /**
   * Takes an object over and gives it a number.
   *
   * @param owner the handle that this one ends with; 0 where it stands alone
   * @throws AvocetException INVALID_ARG where the owner has been destroyed meanwhile
   */
  long add(int type, AutoCloseable object, long owner) {
    long id = (((process << COUNT_BITS) | count.incrementAndGet()) << TYPE_BITS) | type;
    live.put(id, new Entry(type, object, owner));
    if (owner != 0) {
      owned.computeIfAbsent(owner, o -> ConcurrentHashMap.newKeySet()).add(id);
      // Whoever destroys the owner has either seen the new one or is seen here.
      if (!live.containsKey(owner)) {
        endOwned(owner);
        throw wrong(owner, typeOf(owner));
      }
    }
    return id;
  }

  private void endOwned(long owner) {
    Set<Long> ids = owned.remove(owner);
    if (ids != null) {
      ids.forEach(live::remove);
    }
  }

  /**
   * The object of a handle.
   *
   * @throws AvocetException INVALID_ARG, saying what is wrong with the handle
   */
  <T> T get(long id, int type, Class<T> object) {
    Entry entry = live.get(id);
    if (entry == null || entry.type != type) {
      throw wrong(id, type);
    }
    return object.cast(entry.object);
  }

  /** The type of a live handle, as {@link #get} without an expectation. */
  int type(long id) {
    Entry entry = live.get(id);
    if (entry == null) {
      throw wrong(id, 0);
    }
    return entry.type;
  }

  /**
   * Takes a handle out, and those that end with it: from now on they are unknown.
   *
   * @throws AvocetException INVALID_ARG, saying what is wrong with the handle
   */
  AutoCloseable remove(long id, int type) {
    Entry entry = live.get(id);
    if (entry == null || entry.type != type || !live.remove(id, entry)) {
      throw wrong(id, type);
    }
    endOwned(id);
    owned.computeIfPresent(entry.owner, (owner, ids) -> without(ids, id));
    return entry.object;
  }

  private static Set<Long> without(Set<Long> ids, long id) {
    ids.remove(id);
    return ids;
  }

  /** How many are live. */
  int size() {
    return live.size();
  }

  private AvocetException wrong(long id, int type) {
    String expected = type == 0 ? "a handle" : Types.noun(type);
    String name = "the handle " + CMemory.hex(id);
    if (id == 0) {
      return invalid("the handle is NULL: %s was expected".formatted(expected));
    }
    if (!isOurs(id)) {
      return invalid(
          "%s did not come from this library: %s was expected".formatted(name, expected));
    }
    int found = typeOf(id);
    if (type != 0 && found != type) {
      return invalid("%s is %s, %s was expected".formatted(name, Types.noun(found), expected));
    }
    return invalid("%s, %s, is destroyed already".formatted(name, Types.noun(found)));
  }

  private static int typeOf(long id) {
    return (int) (id & ((1L << TYPE_BITS) - 1));
  }

  private boolean isOurs(long id) {
    long number = (id >> TYPE_BITS) & COUNT_MASK;
    return id >> (TYPE_BITS + COUNT_BITS) == process && number > 0 && number <= count.get();
  }

  private static AvocetException invalid(String message) {
    return new AvocetException(Status.INVALID_ARG, message);
  }
}
