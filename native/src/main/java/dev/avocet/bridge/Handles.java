package dev.avocet.bridge;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.security.SecureRandom;
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

  private record Entry(int type, AutoCloseable object) {}

  private final ConcurrentHashMap<Long, Entry> live = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();
  private final long process = 1L + new SecureRandom().nextInt((1 << 16) - 1);

  /** Takes an object over and gives it a number. */
  long add(int type, AutoCloseable object) {
    long id = (process << COUNT_BITS) | count.incrementAndGet();
    id = (id << TYPE_BITS) | type;
    live.put(id, new Entry(type, object));
    return id;
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

  /** Whether a handle is live. */
  boolean isLive(long id) {
    return live.containsKey(id);
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
   * Takes a handle out: from now on it is unknown.
   *
   * @throws AvocetException INVALID_ARG, saying what is wrong with the handle
   */
  AutoCloseable remove(long id, int type) {
    Entry entry = live.get(id);
    if (entry == null || entry.type != type || !live.remove(id, entry)) {
      throw wrong(id, type);
    }
    return entry.object;
  }

  /** Takes a handle out whose owner ends; nothing where it is out already. */
  void forget(long id) {
    live.remove(id);
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
    int found = (int) (id & ((1L << TYPE_BITS) - 1));
    if (type != 0 && found != type) {
      return invalid("%s is %s, %s was expected".formatted(name, Types.noun(found), expected));
    }
    return invalid("%s, %s, is destroyed already".formatted(name, Types.noun(found)));
  }

  private boolean isOurs(long id) {
    long number = (id >> TYPE_BITS) & COUNT_MASK;
    return id >> (TYPE_BITS + COUNT_BITS) == process && number > 0 && number <= count.get();
  }

  private static AvocetException invalid(String message) {
    return new AvocetException(Status.INVALID_ARG, message);
  }
}
