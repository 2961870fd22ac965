package dev.avocet.core.internal.board;

import dev.avocet.core.board.BoardReading.Clock;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The processor's clock, from cpufreq (Documentation/admin-guide/pm/cpufreq.rst of Linux).
 * Stateless.
 */
public final class CpuClocks {
  private static final double KILO = 1000;

  private CpuClocks() {}

  /** The fastest of the cores that are on, and the most that any may have. */
  public static Optional<Clock> read(SysTree tree) {
    double hertz = 0;
    double most = 0;
    for (String policy : tree.children("sys/devices/system/cpu/cpufreq", "policy[0-9]{1,4}")) {
      hertz = Math.max(hertz, tree.number(policy + "/scaling_cur_freq").orElse(0) * KILO);
      most = Math.max(most, tree.number(policy + "/scaling_max_freq").orElse(0) * KILO);
    }
    return hertz > 0
        ? Optional.of(
            new Clock("cpu", hertz, most > 0 ? OptionalDouble.of(most) : OptionalDouble.empty()))
        : Optional.empty();
  }
}
