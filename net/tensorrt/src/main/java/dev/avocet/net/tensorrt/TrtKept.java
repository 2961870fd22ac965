package dev.avocet.net.tensorrt;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A few things that are kept for the keys that come again and again; what has not been used for
 * longest goes first. One thread at a time.
 *
 * @param <K> what it is kept for
 * @param <V> what is kept
 */
final class TrtKept<K, V extends AutoCloseable> implements AutoCloseable {
  /** Of so many keys it is remembered that they came. */
  private static final int REMEMBERED = 64;

  private final int most;
  private final int often;
  private final Map<K, V> kept = new LinkedHashMap<>(8, 0.75f, true);
  private final Map<K, Integer> counts = new LinkedHashMap<>(8, 0.75f, true);

  /**
   * An empty one.
   *
   * @param most values to keep
   * @param often how often a key has to come before a value is kept for it
   */
  TrtKept(int most, int often) {
    this.most = most;
    this.often = often;
  }

  /** The value for a key, which counts as used now. */
  Optional<V> find(K key) {
    return Optional.ofNullable(kept.get(key));
  }

  /** Counts that a key has come, and answers whether that was often enough to keep a value. */
  boolean comesOften(K key) {
    int count = counts.merge(key, 1, Integer::sum);
    if (counts.size() > REMEMBERED) {
      counts.remove(counts.keySet().iterator().next());
    }
    return count >= often;
  }

  /** Keeps a value, which is closed when it goes. */
  void keep(K key, V value) {
    V before = kept.put(key, value);
    counts.remove(key);
    if (before != null) {
      Closing.all(before);
    } else if (kept.size() > most) {
      K oldest = kept.keySet().iterator().next();
      Closing.all(kept.remove(oldest));
    }
  }

  /** Closes all values; it is empty then. */
  @Override
  public void close() {
    AutoCloseable[] all = kept.values().toArray(new AutoCloseable[0]);
    kept.clear();
    Closing.all(all);
  }
}
