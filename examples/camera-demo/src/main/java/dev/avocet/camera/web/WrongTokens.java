package dev.avocet.camera.web;

import dev.avocet.core.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Slows down whoever guesses: after ten wrong tokens within a minute an address is not listened to
 * for a minute. Remembers the last thousand addresses; of IPv6 the network (/64), which one client
 * has for itself. Thread safe.
 */
final class WrongTokens {
  private static final int MOST = 10;
  private static final int ADDRESSES = 1000;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanos;
  private final Map<String, Tries> byAddress =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
          return size() > ADDRESSES;
        }
      };

  /** How many since when. */
  private record Tries(int count, long since) {}

  WrongTokens(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Refuses an address that has tried too often. */
  synchronized void check(String address) {
    Tries tries = byAddress.get(key(address));
    if (tries == null || tries.count() < MOST) {
      return;
    }
    long left = tries.since() + MINUTE - nanos.getAsLong();
    if (left > 0) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(left) + 1;
      throw new Refusal(
          429,
          Status.BUSY,
          "too many wrong tokens came from this address; wait " + seconds + " s",
          Map.of("Retry-After", Long.toString(seconds)));
    }
    byAddress.remove(key(address));
  }

  /** Notes a wrong token; the tenth begins the minute anew. */
  synchronized void add(String address) {
    long now = nanos.getAsLong();
    Tries old = byAddress.get(key(address));
    if (old == null || now - old.since() > MINUTE) {
      byAddress.put(key(address), new Tries(1, now));
    } else {
      int count = old.count() + 1;
      byAddress.put(key(address), new Tries(count, count >= MOST ? now : old.since()));
    }
  }

  /** The first four groups of an IPv6 address as Java writes it: without {@code ::}. */
  private static String key(String address) {
    int at = -1;
    for (int i = 0; i < 4; i++) {
      at = address.indexOf(':', at + 1);
      if (at < 0) {
        return address;
      }
    }
    return address.substring(0, at);
  }
}
