package dev.avocet.cli;

import dev.avocet.core.board.BoardFacts;
import dev.avocet.core.board.BoardReading;
import dev.avocet.core.board.BoardReading.Clock;
import dev.avocet.core.board.BoardReading.Fan;
import dev.avocet.core.board.BoardReading.Load;
import dev.avocet.core.board.BoardReading.Power;
import dev.avocet.core.board.BoardReading.Rail;
import dev.avocet.core.board.BoardReading.Temperature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What a board says, for people. */
final class BoardText {
  private static final double GIB = 1L << 30;

  private BoardText() {}

  /** A line on what it is. */
  static String headline(BoardFacts facts) {
    List<String> parts = new ArrayList<>();
    parts.add(facts.model().orElse("this machine"));
    facts.module().ifPresent(parts::add);
    facts.soc().ifPresent(parts::add);
    facts.system().ifPresent(parts::add);
    facts.memoryBytes().ifPresent(bytes -> parts.add(format("%.1f GiB", bytes / GIB)));
    return String.join(", ", parts) + "\n";
  }

  /** A line on how it is. */
  static String line(BoardReading reading) {
    List<String> parts = new ArrayList<>();
    reading.mode().ifPresent(parts::add);
    parts.add(power(reading.power()));
    reading.hottest().ifPresent(hottest -> parts.add(hot(hottest)));
    parts.addAll(busy(reading));
    for (Fan fan : reading.fans()) {
      String rpm = optional(fan.rpm(), " %.0f rpm", 1);
      parts.add("fan" + optional(fan.share(), " %.0f %%", 100) + rpm);
    }
    for (String cause : reading.throttling()) {
      parts.add("THROTTLED: " + cause);
    }
    return String.join("  ", parts);
  }

  /** Lines on what could not be read. */
  static String unreadable(BoardReading reading) {
    return reading.unreadable().stream()
        .map(file -> "  not readable: " + file + "\n")
        .collect(Collectors.joining());
  }

  private static String power(Power power) {
    if (power.watts().isEmpty()) {
      return "power unknown";
    }
    String rails =
        power.rails().stream()
            .filter(rail -> !rail.name().equals(power.of()))
            .map(BoardText::rail)
            .collect(Collectors.joining(", "));
    String total = format("%.2f W", power.watts().getAsDouble());
    return total + (rails.isEmpty() ? "" : " (" + rails + ")");
  }

  private static String rail(Rail rail) {
    return format("%s %.2f", rail.name(), rail.watts());
  }

  private static String hot(Temperature hottest) {
    return format("%s %.1f \u00b0C", hottest.name(), hottest.celsius());
  }

  /** Load and clock of each part, side by side. */
  private static List<String> busy(BoardReading reading) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (Load load : reading.loads()) {
      parts.put(load.name(), format("%s %.0f %%", load.name(), load.share() * 100));
    }
    for (Clock clock : reading.clocks()) {
      String megahertz = format(" %.0f MHz", clock.hertz() / 1e6);
      parts.put(clock.name(), parts.getOrDefault(clock.name(), clock.name()) + megahertz);
    }
    return List.copyOf(parts.values());
  }

  private static String optional(OptionalDouble number, String form, double times) {
    return number.isPresent() ? format(form, number.getAsDouble() * times) : "";
  }

  static String format(String form, Object... arguments) {
    return String.format(Locale.ROOT, form, arguments);
  }
}
