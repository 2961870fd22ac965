package dev.avocet.pipeline.internal;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.net.NetOptions;
import dev.avocet.preprocess.PlanMode;
import java.time.Duration;

/**
 * Options of a handle; see {@link dev.avocet.HandleBuilder}.
 *
 * @param device where to run
 * @param net how the engine runs, and the number of slots
 * @param maxBatch most pictures in a run, 0 = as {@code deploy.json} says
 * @param batchDelay how long a submitted call waits for company
 * @param queueCapacity how many submitted calls may wait
 * @param planMode how preprocessing runs
 */
public record HandleOptions(
    Device device,
    NetOptions net,
    int maxBatch,
    Duration batchDelay,
    int queueCapacity,
    PlanMode planMode) {
  /** Checks the ranges. */
  public HandleOptions {
    inRange("maxBatch", maxBatch, 0, 1024);
    inRange("queueCapacity", queueCapacity, 1, 1 << 20);
    if (batchDelay.isNegative() || batchDelay.compareTo(Duration.ofMinutes(1)) > 0) {
      throw AvocetException.invalidArgument("batchDelay=" + batchDelay + ": expected 0 s to 60 s");
    }
  }

  private static void inRange(String name, int value, int low, int high) {
    if (value < low || value > high) {
      throw AvocetException.invalidArgument(
          "%s=%d: expected %d to %d".formatted(name, value, low, high));
    }
  }
}
