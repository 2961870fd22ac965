package dev.avocet.core.internal.board;

import dev.avocet.core.board.BoardReading.Power;
import dev.avocet.core.board.BoardReading.Rail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Energy that processors of Intel and AMD count themselves: {@code
 * /sys/class/powercap/intel-rapl:*} (Documentation/power/powercap/powercap.rst of Linux). What
 * counts is packages and, where they are counted apart, memory; parts of packages are rails only.
 * Since Linux 5.10 root alone may read the counters. Confined to one thread at a time.
 */
public final class Rapl {
  private static final String FOLDER = "sys/class/powercap";
  private static final double MICRO = 1e-6;

  /** Counters of the reading before, in microjoules, by their zones. */
  private final Map<String, Double> last = new HashMap<>();

  private long lastNanos;
  private double total;

  /** Counts from the first reading on. */
  public Rapl() {}

  /**
   * Power since the reading before, and energy since the first.
   *
   * @param nanos now
   */
  public Power read(SysTree tree, long nanos) {
    double seconds = (nanos - lastNanos) / 1e9;
    List<Rail> rails = new ArrayList<>();
    List<String> counted = new ArrayList<>();
    double sum = 0;
    boolean first = false;
    for (String zone : tree.children(FOLDER, "intel-rapl:[0-9]{1,3}(:[0-9]{1,3})?")) {
      OptionalDouble energy = tree.number(zone + "/energy_uj");
      if (energy.isEmpty()) {
        continue;
      }
      Double before = last.put(zone, energy.getAsDouble());
      first |= before == null;
      double joules = before == null ? 0 : since(before, energy.getAsDouble(), tree, zone);
      String name = name(tree, zone);
      if (name.matches("package-[0-9]+( dram)?")) {
        sum += joules;
        counted.add(name);
      }
      if (seconds > 0 && !first) {
        rails.add(new Rail(name, joules / seconds));
      }
    }
    lastNanos = nanos;
    total += sum;
    if (counted.isEmpty()) {
      return Power.UNKNOWN;
    }
    boolean rate = !first && seconds > 0;
    return new Power(
        rate ? OptionalDouble.of(sum / seconds) : OptionalDouble.empty(),
        OptionalDouble.of(total),
        String.join(" + ", counted),
        rails);
  }

  /** Joules since the reading before; the counter begins anew above its range. */
  private static double since(double before, double counter, SysTree tree, String zone) {
    double microjoules = counter - before;
    if (microjoules < 0) {
      microjoules += tree.number(zone + "/max_energy_range_uj").orElse(0);
    }
    return Math.max(0, microjoules) * MICRO;
  }

  /** {@code package-0}, {@code package-0 dram}. */
  private static String name(SysTree tree, String zone) {
    String name = tree.text(zone + "/name").orElse(SysTree.nameOf(zone));
    int part = zone.lastIndexOf(':');
    boolean nested = zone.indexOf(':') != part;
    return nested ? tree.text(zone.substring(0, part) + "/name").orElse("") + " " + name : name;
  }
}
