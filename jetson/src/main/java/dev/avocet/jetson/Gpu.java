package dev.avocet.jetson;

import dev.avocet.core.board.BoardReading.Clock;
import dev.avocet.core.board.BoardReading.Load;
import dev.avocet.core.internal.board.SysTree;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The integrated GPU and the memory controller, by devfreq and, for the GPU's load, the file {@code
 * load} of NVIDIA's driver; Thor's driver has none. Stateless.
 */
final class Gpu {
  private static final String DEVFREQ = "sys/class/devfreq";

  /** As the nodes are called on TX2, Xavier, Orin, and Thor. */
  private static final String NODE = "[0-9a-f]{1,16}\\.(gp10b|gv11b|ga10b|gpu)|gpu-gpc-0";

  private static final List<String> LOADS =
      List.of(
          "sys/devices/platform/gpu.0/load",
          "sys/devices/gpu.0/load",
          "sys/devices/platform/bus@0/17000000.gpu/load",
          "sys/devices/platform/17000000.gpu/load");

  private static final double PER_MILLE = 1000;

  private Gpu() {}

  static Optional<Clock> clock(SysTree tree) {
    return tree.children(DEVFREQ, NODE).stream()
        .flatMap(node -> clock(tree, "gpu", node + "/cur_freq", node + "/max_freq").stream())
        .findFirst();
  }

  /** Share of the time in which it worked, lately. */
  static Optional<Load> load(SysTree tree) {
    Stream<String> besideClock =
        tree.children(DEVFREQ, NODE).stream().map(node -> node + "/device/load");
    return Stream.concat(besideClock, LOADS.stream())
        .map(tree::number)
        .filter(OptionalDouble::isPresent)
        .map(load -> load.getAsDouble() / PER_MILLE)
        .filter(share -> share >= 0 && share <= 1)
        .map(share -> new Load("gpu", share))
        .findFirst();
  }

  /** The memory's clock; before Thor it is in a file system for root. */
  static Optional<Clock> memoryClock(SysTree tree) {
    String bandwidth = DEVFREQ + "/bwmgr";
    String debug = "sys/kernel/debug/bpmp/debug/clk/emc";
    return clock(tree, "emc", bandwidth + "/cur_freq", bandwidth + "/max_freq")
        .or(() -> clock(tree, "emc", debug + "/rate", debug + "/max_rate"));
  }

  private static Optional<Clock> clock(SysTree tree, String name, String file, String mostFile) {
    OptionalDouble hertz = tree.number(file);
    OptionalDouble most = hertz.isPresent() ? tree.number(mostFile) : hertz;
    return hertz.isPresent() && hertz.getAsDouble() >= 0
        ? Optional.of(new Clock(name, hertz.getAsDouble(), most))
        : Optional.empty();
  }
}
