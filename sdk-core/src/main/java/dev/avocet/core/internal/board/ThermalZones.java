package dev.avocet.core.internal.board;

import dev.avocet.core.board.BoardReading.Temperature;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Temperatures of the kernel's thermal zones, {@code /sys/class/thermal} (Documentation/driver-api/
 * thermal/sysfs-api.rst of Linux). Stateless.
 */
public final class ThermalZones {
  private static final String FOLDER = "sys/class/thermal";

  /** Below it no sensor works; boards give −256 °C for a part that is off. */
  private static final double COLDEST = -60;

  private static final double HOTTEST = 250;
  private static final double PER_DEGREE = 1000;

  private ThermalZones() {}

  /** All that can be read now. */
  public static List<Temperature> read(SysTree tree) {
    List<Temperature> temperatures = new ArrayList<>();
    for (String zone : tree.children(FOLDER, "thermal_zone[0-9]{1,4}")) {
      OptionalDouble celsius = celsius(tree, zone + "/temp");
      if (celsius.isPresent()) {
        String type = tree.text(zone + "/type").orElse(SysTree.nameOf(zone));
        String name = type.replaceFirst("[-_](thermal|therm)$", "");
        temperatures.add(new Temperature(name, celsius.getAsDouble(), limit(tree, zone)));
      }
    }
    return temperatures;
  }

  /** The lowest trip point at which the kernel begins to make the part slower. */
  private static OptionalDouble limit(SysTree tree, String zone) {
    return tree.children(zone, "trip_point_[0-9]{1,3}_type").stream()
        .filter(type -> tree.text(type).filter("passive"::equals).isPresent())
        .map(type -> celsius(tree, type.substring(0, type.length() - "type".length()) + "temp"))
        .filter(celsius -> celsius.isPresent() && celsius.getAsDouble() > 0)
        .mapToDouble(OptionalDouble::getAsDouble)
        .min();
  }

  private static OptionalDouble celsius(SysTree tree, String file) {
    OptionalDouble milli = tree.number(file);
    double celsius = milli.orElse(Double.NaN) / PER_DEGREE;
    return celsius > COLDEST && celsius < HOTTEST
        ? OptionalDouble.of(celsius)
        : OptionalDouble.empty();
  }
}
