package dev.avocet.jetson;

import dev.avocet.core.board.BoardReading.Power;
import dev.avocet.core.board.BoardReading.Rail;
import dev.avocet.core.internal.board.SysTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Power by the monitors on a Jetson's module and carrier: INA3221 through hwmon (JetPack 5 and
 * later) or through NVIDIA's driver for iio (JetPack 4), and INA238 for the input of Thor's
 * carrier. Units are those of Documentation/hwmon/ina3221.rst and ina238.rst of Linux. Stateless.
 */
final class PowerRails {
  /** Where the rail is there, it is all that the module, or the whole kit, takes in. */
  private static final List<String> TOTALS = List.of("VIN", "VDD_IN", "POM_5V_IN");

  /**
   * Has the voltage of VIN_SYS_5V0: we take it to be fed by that rail, so that adding it would
   * count it twice. No document of NVIDIA's that we found says so.
   */
  private static final String MEMORY_OF_AGX_ORIN = "VDDQ_VDD2_1V8AO";

  /** Beyond it, in mV or mA, no monitor measures. */
  private static final double LARGEST = 1e6;

  private static final double MILLI = 1e3;
  private static final double MICRO = 1e6;

  private PowerRails() {}

  static Power read(SysTree tree) {
    List<Rail> rails = new ArrayList<>();
    for (String monitor : monitors(tree)) {
      for (String hwmon : tree.children(monitor + "/hwmon", "hwmon[0-9]{1,4}")) {
        byHwmon(tree, hwmon, rails);
      }
      for (String device : tree.children(monitor, "iio:device[0-9]{1,4}")) {
        byIio(tree, device, rails);
      }
    }
    return of(rails);
  }

  /** The monitors' devices, {@code sys/bus/i2c/devices/1-0040}. */
  static List<String> monitors(SysTree tree) {
    return tree.children("sys/bus/i2c/devices", "[0-9]{1,3}-[0-9a-f]{4}").stream()
        .filter(
            device ->
                tree.text(device + "/name")
                    .filter(name -> name.startsWith("ina3221") || name.startsWith("ina238"))
                    .isPresent())
        .toList();
  }

  private static void byHwmon(SysTree tree, String hwmon, List<Rail> rails) {
    List<String> labels = tree.children(hwmon, "in[1-9]_label");
    for (String label : labels) {
      String number = SysTree.nameOf(label).substring("in".length(), "in1".length());
      OptionalDouble volts = measured(tree, "%s/in%s_input".formatted(hwmon, number));
      OptionalDouble amperes = measured(tree, "%s/curr%s_input".formatted(hwmon, number));
      // The channel that has no current is a sum that the monitor makes for its own alarm.
      if (volts.isPresent() && amperes.isPresent()) {
        add(tree.text(label), volts.getAsDouble() * amperes.getAsDouble(), rails);
      }
    }
    if (labels.isEmpty()) {
      tree.number(hwmon + "/power1_input")
          .ifPresent(
              power ->
                  add(
                      tree.text(hwmon + "/label").or(() -> Optional.of("VIN")),
                      power / MICRO,
                      rails));
    }
  }

  private static void byIio(SysTree tree, String device, List<Rail> rails) {
    for (String label : tree.children(device, "rail_name_[0-9]")) {
      String number = label.substring(label.length() - 1);
      tree.number("%s/in_power%s_input".formatted(device, number))
          .ifPresent(power -> add(tree.text(label), power / MILLI, rails));
    }
  }

  /** Volts or amperes. */
  private static OptionalDouble measured(SysTree tree, String file) {
    OptionalDouble milli = tree.number(file);
    return milli.isPresent() && Math.abs(milli.getAsDouble()) < LARGEST
        ? OptionalDouble.of(milli.getAsDouble() / MILLI)
        : OptionalDouble.empty();
  }

  /** Adds a rail, unless its channel is "not connected". */
  private static void add(Optional<String> name, double watts, List<Rail> rails) {
    if (name.isPresent() && !name.get().equals("NC") && Math.abs(watts) < LARGEST) {
      rails.add(new Rail(name.get(), watts));
    }
  }

  /** What the rails are together: the one that has all, else the sum of those that are apart. */
  static Power of(List<Rail> rails) {
    if (rails.isEmpty()) {
      return Power.UNKNOWN;
    }
    List<Rail> counted =
        TOTALS.stream()
            .flatMap(total -> rails.stream().filter(rail -> rail.name().equals(total)))
            .findFirst()
            .map(List::of)
            .orElseGet(
                () ->
                    rails.stream()
                        .filter(rail -> !rail.name().equals(MEMORY_OF_AGX_ORIN))
                        .toList());
    return new Power(
        OptionalDouble.of(counted.stream().mapToDouble(Rail::watts).sum()),
        OptionalDouble.empty(),
        counted.stream().map(Rail::name).collect(Collectors.joining(" + ")),
        rails);
  }
}
