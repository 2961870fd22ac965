package dev.avocet.jetson;

import dev.avocet.core.board.BoardReading.Fan;
import dev.avocet.core.internal.board.SysTree;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Fans: {@code pwm1} of hwmon, 0 to 255, and turns a minute, which NVIDIA's kernels keep in a node
 * of their own, {@code pwm_tach}. Stateless.
 */
final class Fans {
  private static final double FULL = 255;

  private Fans() {}

  static List<Fan> read(SysTree tree) {
    List<Fan> fans = new ArrayList<>();
    List<Double> turns = new ArrayList<>();
    for (String hwmon : tree.children("sys/class/hwmon", "hwmon[0-9]{1,4}")) {
      OptionalDouble drive = tree.number(hwmon + "/pwm1");
      OptionalDouble rpm =
          Stream.of("/rpm", "/fan1_input")
              .map(file -> tree.number(hwmon + file))
              .filter(OptionalDouble::isPresent)
              .findFirst()
              .orElse(OptionalDouble.empty());
      if (drive.isPresent()) {
        double share = Math.max(0, Math.min(1, drive.getAsDouble() / FULL));
        String name = tree.text(hwmon + "/name").orElse(SysTree.nameOf(hwmon));
        fans.add(new Fan(name, OptionalDouble.of(share), rpm));
      } else if (rpm.isPresent()) {
        turns.add(rpm.getAsDouble());
      }
    }
    boolean belong = fans.size() == 1 && turns.size() == 1 && fans.get(0).rpm().isEmpty();
    return belong
        ? List.of(new Fan(fans.get(0).name(), fans.get(0).share(), OptionalDouble.of(turns.get(0))))
        : fans;
  }
}
