package dev.avocet.jetson;

import dev.avocet.core.board.BoardReading;
import dev.avocet.core.board.BoardReading.Clock;
import dev.avocet.core.board.BoardReading.Load;
import dev.avocet.core.board.BoardReading.Rail;
import dev.avocet.core.board.BoardReading.Temperature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of NVIDIA's {@code tegrastats}, of JetPack 4 to 7: for what its files do not tell this
 * process, as in a container or without root. Forms: Jetson Linux Developer Guide, "tegrastats
 * Utility"; what it does not know is passed over. Stateless.
 */
public final class TegraStats {
  /** {@code RAM 4722/7844MB}. */
  private static final Pattern MEMORY = Pattern.compile("\\bRAM (\\d{1,9})/(\\d{1,9})MB");

  /** {@code CPU [12%@729,off]}, {@code CPU [12%,off]@729}. */
  private static final Pattern CPU =
      Pattern.compile("\\bCPU \\[([^\\]]{0,4096})\\](?:@(\\d{1,6}))?");

  private static final Pattern CORE = Pattern.compile("(\\d{1,3})%(?:@(\\d{1,6}))?");

  /** {@code GR3D_FREQ 12%@[1300,1300]}, {@code … @[1000]}, {@code … 12%@1300}, {@code … 12%}. */
  private static final Pattern ENGINE =
      Pattern.compile(
          "\\b(GR3D|EMC)_FREQ (?=[\\d@])(?:(\\d{1,3})%)?(?:@\\[?(\\d{1,6}(?:,\\d{1,6}){0,15}))?");

  /** {@code tj@41.656C}, {@code tj@52.9C/53.1C}: now, and the highest so far. */
  private static final Pattern HEAT =
      Pattern.compile("\\b(\\w{1,64})@(-?\\d{1,3}(?:\\.\\d{1,6})?)C\\b");

  /** {@code VDD_IN 4940mW/4940mW}, {@code GPU 463/463}: now, mean, and highest, in mW. */
  private static final Pattern POWER =
      Pattern.compile(
          "\\b([A-Z]\\w{0,63}) (-?\\d{1,7})(?:mW)?(?:/-?\\d{1,7}(?:mW)?){1,2}(?=\\s|$)");

  private static final double COLDEST = -60;
  private static final double MEGA = 1e6;
  private static final double MILLI = 1e3;
  private static final double PERCENT = 100;

  private TegraStats() {}

  /**
   * A reading; its time is now. Power is momentary, and nothing is said of throttling.
   *
   * @return empty where the line has nothing that is known
   */
  public static Optional<BoardReading> parse(String line) {
    List<Clock> clocks = new ArrayList<>();
    List<Load> loads = new ArrayList<>();
    engines(line, clocks, loads);
    cores(line, clocks, loads);
    Matcher memory = MEMORY.matcher(line);
    if (memory.find() && Double.parseDouble(memory.group(2)) > 0) {
      share(
          "memory",
          Double.parseDouble(memory.group(1)) / Double.parseDouble(memory.group(2)),
          loads);
    }
    List<Temperature> temperatures = temperatures(line);
    List<Rail> rails = new ArrayList<>();
    Matcher power = POWER.matcher(line);
    while (power.find()) {
      if (!power.group(1).equals("NC")) {
        rails.add(new Rail(power.group(1), Double.parseDouble(power.group(2)) / MILLI));
      }
    }
    if (clocks.isEmpty() && loads.isEmpty() && temperatures.isEmpty() && rails.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new BoardReading(
            System.nanoTime(),
            Optional.empty(),
            PowerRails.of(rails),
            temperatures,
            clocks,
            loads,
            List.of(),
            List.of(),
            List.of()));
  }

  private static void engines(String line, List<Clock> clocks, List<Load> loads) {
    Matcher engine = ENGINE.matcher(line);
    while (engine.find()) {
      String name = engine.group(1).equals("GR3D") ? "gpu" : "emc";
      if (engine.group(2) != null) {
        share(name, Double.parseDouble(engine.group(2)) / PERCENT, loads);
      }
      if (engine.group(3) != null) {
        double most = 0;
        for (String megahertz : engine.group(3).split(",", -1)) {
          most = Math.max(most, Double.parseDouble(megahertz));
        }
        clocks.add(new Clock(name, most * MEGA, OptionalDouble.empty()));
      }
    }
  }

  /** The mean load of the cores that are on, and the fastest clock. */
  private static void cores(String line, List<Clock> clocks, List<Load> loads) {
    Matcher cpu = CPU.matcher(line);
    if (!cpu.find()) {
      return;
    }
    double megahertz = cpu.group(2) == null ? 0 : Double.parseDouble(cpu.group(2));
    double sum = 0;
    int on = 0;
    for (String core : cpu.group(1).split(",", -1)) {
      Matcher state = CORE.matcher(core.strip());
      if (state.matches()) {
        on++;
        sum += Double.parseDouble(state.group(1));
        megahertz =
            state.group(2) == null
                ? megahertz
                : Math.max(megahertz, Double.parseDouble(state.group(2)));
      }
    }
    if (on > 0) {
      share("cpu", sum / on / PERCENT, loads);
    }
    if (megahertz > 0) {
      clocks.add(new Clock("cpu", megahertz * MEGA, OptionalDouble.empty()));
    }
  }

  private static void share(String name, double share, List<Load> loads) {
    if (share >= 0 && share <= 1) {
      loads.add(new Load(name, share));
    }
  }

  private static List<Temperature> temperatures(String line) {
    List<Temperature> temperatures = new ArrayList<>();
    Matcher heat = HEAT.matcher(line);
    while (heat.find()) {
      double celsius = Double.parseDouble(heat.group(2));
      if (celsius > COLDEST && JetsonBoard.isMeasured(heat.group(1))) {
        temperatures.add(new Temperature(heat.group(1), celsius, OptionalDouble.empty()));
      }
    }
    return temperatures;
  }
}
