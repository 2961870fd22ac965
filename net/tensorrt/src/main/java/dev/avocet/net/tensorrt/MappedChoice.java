package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the GPU uses a network's inputs and outputs where they lie in the host's memory, or gets
 * copies. Where both share one memory, as on a Jetson, copies are often wasted; but there the GPU
 * reads mapped memory past some of its caches, so a network that reads its input more than once may
 * lose by it. So both are tried once for each network, and the faster is kept. Thread safe.
 */
final class MappedChoice {
  /** A whole run: copies where there are any, network, and the wait for its end. */
  @FunctionalInterface
  interface Run {
    void run(boolean mapped);
  }

  private static final Logger LOG = LoggerFactory.getLogger(MappedChoice.class);

  /** Timed runs of each kind, after one that is not timed; the fastest counts. */
  private static final int ROUNDS = 5;

  private final LongSupplier nanos;

  /** Whether it may come to that, so that memory has to be pinned accordingly. */
  private final boolean possible;

  private volatile Optional<Boolean> chosen;

  /**
   * For a network.
   *
   * @param asked what the caller wants, if anything
   * @param nanos a clock
   * @throws AvocetException NOT_SUPPORTED where the GPU cannot do what is asked for
   */
  MappedChoice(Optional<Boolean> asked, CudaDevice device, LongSupplier nanos) {
    if (asked.orElse(false) && !device.mapsHostMemory()) {
      throw AvocetException.notSupported(
          "mapped=true: %s does not map memory of the host; leave the option out"
              .formatted(device.name()));
    }
    this.nanos = nanos;
    this.possible = asked.orElse(device.integrated() && device.mapsHostMemory());
    this.chosen = possible ? asked : Optional.of(false);
  }

  boolean possible() {
    return possible;
  }

  /** The choice, if it has been made. */
  Optional<Boolean> made() {
    return chosen;
  }

  /**
   * The choice; who asks first makes it by some runs, for which others wait.
   *
   * @param run does one run either way, with what the inputs have now
   */
  boolean make(Run run) {
    // Runs of all slots ask, so without a lock once it has been made.
    Optional<Boolean> known = chosen;
    return known.isPresent() ? known.get() : measure(run);
  }

  private synchronized boolean measure(Run run) {
    if (chosen.isEmpty()) {
      time(run, false);
      time(run, true);
      long copied = Long.MAX_VALUE;
      long mapped = Long.MAX_VALUE;
      for (int i = 0; i < ROUNDS; i++) {
        copied = Math.min(copied, time(run, false));
        mapped = Math.min(mapped, time(run, true));
      }
      LOG.debug("a run takes {} us with copies and {} us mapped", copied / 1000, mapped / 1000);
      chosen = Optional.of(mapped < copied);
    }
    return chosen.get();
  }

  private long time(Run run, boolean mapped) {
    long start = nanos.getAsLong();
    run.run(mapped);
    return nanos.getAsLong() - start;
  }
}
