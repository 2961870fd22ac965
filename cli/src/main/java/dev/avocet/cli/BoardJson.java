package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.core.board.BoardFacts;
import dev.avocet.core.board.BoardReading;
import java.util.OptionalDouble;

/** What a board says, as JSON; docs/json.md. */
final class BoardJson {
  private static final double MEGA = 1e6;

  private BoardJson() {}

  /** What it is. */
  static ObjectNode of(BoardFacts facts) {
    ObjectNode json =
        JsonLine.object()
            .put("model", facts.model().orElse(null))
            .put("module", facts.module().orElse(null))
            .put("soc", facts.soc().orElse(null))
            .put("serial", facts.serial().orElse(null))
            .put("system", facts.system().orElse(null));
    return facts.memoryBytes().isPresent()
        ? json.put("memory_bytes", facts.memoryBytes().getAsLong())
        : json.putNull("memory_bytes");
  }

  /** Adds how it is. */
  static void add(ObjectNode json, BoardReading reading) {
    json.put("mode", reading.mode().orElse(null));
    put(json, "watts", reading.power().watts(), 1);
    json.put("watts_of", reading.power().of());
    ArrayNode rails = json.putArray("rails");
    reading
        .power()
        .rails()
        .forEach(
            rail -> rails.addObject().put("name", rail.name()).put("watts", rounded(rail.watts())));
    ArrayNode temperatures = json.putArray("temperatures");
    reading
        .temperatures()
        .forEach(
            t ->
                put(
                    temperatures.addObject().put("name", t.name()).put("celsius", t.celsius()),
                    "limit_celsius",
                    t.limit(),
                    1));
    ArrayNode clocks = json.putArray("clocks");
    reading
        .clocks()
        .forEach(
            c ->
                put(
                    clocks.addObject().put("name", c.name()).put("mhz", rounded(c.hertz() / MEGA)),
                    "most_mhz",
                    c.most(),
                    1 / MEGA));
    ArrayNode loads = json.putArray("loads");
    reading
        .loads()
        .forEach(
            load -> loads.addObject().put("name", load.name()).put("share", rounded(load.share())));
    ArrayNode fans = json.putArray("fans");
    reading
        .fans()
        .forEach(
            fan -> {
              ObjectNode one = fans.addObject().put("name", fan.name());
              put(one, "share", fan.share(), 1);
              put(one, "rpm", fan.rpm(), 1);
            });
    json.set("throttling", JsonLine.array(reading.throttling()));
    json.set("unreadable", JsonLine.array(reading.unreadable()));
  }

  /** A number to five digits behind the point, or null. */
  static void put(ObjectNode json, String name, OptionalDouble number, double times) {
    if (number.isPresent()) {
      json.put(name, rounded(number.getAsDouble() * times));
    } else {
      json.putNull(name);
    }
  }

  private static double rounded(double number) {
    return BenchReport.rounded(number, 1e5);
  }
}
