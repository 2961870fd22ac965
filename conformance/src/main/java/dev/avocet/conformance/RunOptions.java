package dev.avocet.conformance;

import dev.avocet.HandleBuilder;
import dev.avocet.core.Device;
import dev.avocet.preprocess.PlanMode;

/**
 * How cases are run.
 *
 * @param device where
 * @param plan how preprocessing runs
 */
public record RunOptions(Device device, PlanMode plan) {
  /** On the processor, fused. */
  public static final RunOptions DEFAULT = new RunOptions(Device.CPU, PlanMode.FUSED);

  <H> H open(HandleBuilder<H> builder) {
    return builder.device(device).planMode(plan).open();
  }
}
