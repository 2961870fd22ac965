package dev.avocet.core.net;

import dev.avocet.core.AvocetException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How a network is to be run.
 *
 * @param threads processor threads for one call; 0 = as many as this process may use (its affinity
 *     mask and cgroup quota)
 * @param concurrency how many slots will run side by side, 1 to 1024; an engine may divide its
 *     threads by it
 * @param properties the engine's own options; each engine lists them in its module's README
 * @param listener hears of an opening that takes long, and may give it up
 */
public record NetOptions(
    int threads, int concurrency, Map<String, String> properties, OpenListener listener) {
  /** Everything as the engine thinks best, one slot at a time. */
  public static final NetOptions DEFAULT = new NetOptions(0, Map.of());

  /** Checks the range and copies the map. */
  public NetOptions {
    if (threads < 0 || threads > 1024) {
      throw AvocetException.invalidArgument("threads=" + threads + ": expected 0 (auto) to 1024");
    }
    if (concurrency < 1 || concurrency > 1024) {
      throw AvocetException.invalidArgument("concurrency=" + concurrency + ": expected 1 to 1024");
    }
    properties = Map.copyOf(properties);
    Objects.requireNonNull(listener);
  }

  /** Without a listener. */
  public NetOptions(int threads, int concurrency, Map<String, String> properties) {
    this(threads, concurrency, properties, OpenListener.NONE);
  }

  /** For one slot at a time. */
  public NetOptions(int threads, Map<String, String> properties) {
    this(threads, 1, properties);
  }

  /** {@link #threads}, with 0 replaced by the number of processors this process may use. */
  public int effectiveThreads() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /**
   * Refuses properties that {@code engine} does not know.
   *
   * @throws AvocetException INVALID_ARG, naming the known ones
   */
  public void checkKnown(String engine, Set<String> known) {
    for (String key : properties.keySet()) {
      if (!known.contains(key)) {
        throw AvocetException.invalidArgument(
            "option \"%s\" is not known to %s; known are %s"
                .formatted(key, engine, known.stream().sorted().toList()));
      }
    }
  }
}
