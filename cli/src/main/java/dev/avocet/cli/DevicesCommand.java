package dev.avocet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.core.AvocetException;
import dev.avocet.core.board.BoardReading;
import dev.avocet.core.board.Boards;
import dev.avocet.core.net.Engines;
import dev.avocet.core.net.NetDevice;
import dev.avocet.core.net.NetProvider;
import dev.avocet.jetson.TegraStats;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code avocet devices}. */
@Command(
    name = "devices",
    description = {
      "Lists the engines: their releases, whether they can be used here and why not, and the"
          + " devices that each finds.",
      "The names of the devices are what --device takes.",
      "With --watch: power, temperatures, clocks and loads of this machine, a line each time;"
          + " 'bench --watch' adds a model's calls and what they cost."
    },
    sortOptions = false)
final class DevicesCommand implements Callable<Integer> {
  @ParentCommand private AvocetCommand parent;

  @Option(names = "--json", description = "Print JSON, see docs/json.md.")
  private boolean json;

  @Mixin private WatchOptions watch;

  @Option(
      names = "--tegrastats",
      paramLabel = "FILE",
      description =
          "With --watch: what NVIDIA's tegrastats says, in place of the machine's own files; - is standard"
              + " input: sudo tegrastats | avocet devices --watch --tegrastats -")
  private String tegrastats;

  @Override
  public Integer call() {
    if (watch.asked()) {
      BoardWatch board = watch.open(parent.console(), json);
      return tegrastats == null ? board.run(Boards.here(), () -> -1) : follow(board);
    }
    if (tegrastats != null) {
      throw CommandFailure.usage("--tegrastats goes with --watch");
    }
    ObjectNode facts = JsonLine.object();
    ArrayNode engines = facts.putArray("engines");
    Engines.installed().forEach(engine -> engines.add(facts(engine)));
    facts.set("board", BoardJson.of(Boards.here().facts()));
    if (json) {
      JsonLine.write(parent.console().out(), facts);
    } else {
      parent.console().out().print(text(engines));
    }
    return 0;
  }

  /** Says each line of tegrastats as it comes. */
  private int follow(BoardWatch board) {
    long start = System.nanoTime();
    long lines = 0;
    try (BufferedReader in =
        tegrastats.equals("-")
            ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.ISO_8859_1))
            : Files.newBufferedReader(Path.of(tegrastats), StandardCharsets.ISO_8859_1)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Optional<BoardReading> reading = TegraStats.parse(line);
        if (reading.isPresent()) {
          double seconds = (reading.get().nanos() - start) / 1e9;
          board.say(reading.get(), seconds, -1, OptionalDouble.empty());
          lines++;
        }
        if (lines >= watch.count()) {
          break;
        }
      }
    } catch (IOException e) {
      throw new CommandFailure(
          CommandFailure.INPUT,
          "--tegrastats=%s cannot be read: %s".formatted(tegrastats, e.getMessage()),
          e);
    }
    if (lines == 0) {
      throw new CommandFailure(
          CommandFailure.INPUT,
          "--tegrastats=%s: there is no line of tegrastats in it".formatted(tegrastats),
          null);
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
