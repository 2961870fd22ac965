package dev.avocet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.core.AvocetException;
import dev.avocet.core.net.Engines;
import dev.avocet.core.net.NetDevice;
import dev.avocet.core.net.NetProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code avocet devices}. */
@Command(
    name = "devices",
    description = {
      "Lists the engines: their releases, whether they can be used here and why not, and the"
          + " devices that each finds.",
      "The names of the devices are what --device takes."
    },
    sortOptions = false)
final class DevicesCommand implements Callable<Integer> {
  @ParentCommand private AvocetCommand parent;

  @Option(names = "--json", description = "Print one JSON object, see docs/json.md.")
  private boolean json;

  @Override
  public Integer call() {
    ObjectNode facts = JsonLine.object();
    ArrayNode engines = facts.putArray("engines");
    Engines.installed().forEach(engine -> engines.add(facts(engine)));
    if (json) {
      JsonLine.write(parent.console().out(), facts);
    } else {
      parent.console().out().print(text(engines));
    }
    return 0;
  }

  private static ObjectNode facts(NetProvider engine) {
    String version = engine.version();
    ObjectNode facts =
        JsonLine.object()
            .put("name", engine.name())
            .put("version", version.isEmpty() ? null : version);
    String reason = engine.unavailable().orElse(null);
    List<NetDevice> devices = List.of();
    try {
      devices = reason == null ? engine.devices() : devices;
    } catch (AvocetException e) {
      reason = e.getMessage();
    }
    facts.put("usable", reason == null).put("reason", reason);
    ArrayNode list = facts.putArray("devices");
    for (NetDevice device : devices) {
      list.addObject()
          .put("device", engine.name() + ":" + device.name())
          .put("full_name", device.fullName())
          .set("abilities", JsonLine.array(device.abilities()));
    }
    return facts;
  }

  private static String text(JsonNode engines) {
    if (engines.isEmpty()) {
      return "no engine is on the class path, add avocet-net-onnxruntime%n".formatted();
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode engine : engines) {
      text.append(engine.path("name").asText());
      if (engine.path("version").isTextual()) {
        text.append(' ').append(engine.path("version").asText());
      }
      if (!engine.path("usable").asBoolean()) {
        text.append(", cannot be used: ").append(Main.oneLine(engine.path("reason").asText()));
      }
      text.append('\n');
      engine.path("devices").forEach(device -> append(text, device));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, JsonNode device) {
    text.append(
        "  %s: %s%n".formatted(device.path("device").asText(), device.path("full_name").asText()));
    List<String> abilities = new ArrayList<>();
    device.path("abilities").forEach(ability -> abilities.add(ability.asText()));
    if (!abilities.isEmpty()) {
      text.append("    ").append(String.join(", ", abilities)).append('\n');
    }
  }
}
