package dev.avocet.camera.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dev.avocet.core.board.BoardReading;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How busy this process and its machine are. Thread safe. */
final class Machine {
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private double processLoad;
  private double machineLoad;

  /** Takes loads, which count from one reading to the next. */
  void read() {
    double process = system.getProcessCpuLoad();
    double machine = system.getCpuLoad();
    synchronized (this) {
      processLoad = process;
      machineLoad = machine;
    }
  }

  /**
   * Adds what docs/camera-api.md calls process, machine and board; the loads are those of the last
   * {@link #read}.
   *
   * @param board what it says now
   */
  synchronized void addTo(ObjectNode json, BoardReading board) {
    Runtime runtime = Runtime.getRuntime();
    ObjectNode process =
        json.putObject("process")
            .put("cpu", share(processLoad))
            .put("heap_bytes", runtime.totalMemory() - runtime.freeMemory())
            .put("threads", ManagementFactory.getThreadMXBean().getThreadCount());
    resident().ifPresent(bytes -> process.put("resident_bytes", bytes));
    json.putObject("machine")
        .put("cpu", share(machineLoad))
        .put("memory_bytes", system.getTotalMemorySize())
        .put("memory_used_bytes", system.getTotalMemorySize() - available());
    ObjectNode now = json.putObject("board");
    BoardReading.Power power = board.power();
    if (power.watts().isPresent()) {
      now.put("watts", power.watts().getAsDouble());
    } else {
      now.putNull("watts");
    }
    now.put("watts_of", power.of());
    ArrayNode temperatures = now.putArray("temperatures");
    for (BoardReading.Temperature t : board.temperatures()) {
      ObjectNode one = temperatures.addObject().put("name", t.name()).put("celsius", t.celsius());
      t.limit().ifPresent(limit -> one.put("limit_celsius", limit));
    }
    ArrayNode loads = now.putArray("loads");
    board.loads().forEach(l -> loads.addObject().put("name", l.name()).put("share", l.share()));
    board.throttling().forEach(now.putArray("throttling")::add);
  }

  /** Negative and NaN mean that it is not known yet. */
  private static double share(double load) {
    return load >= 0 ? Math.min(1, load) : 0;
  }

  /** Memory that programs can still have, the system's caches included. */
  private long available() {
    return field("/proc/meminfo", "MemAvailable:").orElseGet(system::getFreeMemorySize);
  }

  private static OptionalLong resident() {
    return field("/proc/self/status", "VmRSS:");
  }

  /** A field in kB of a file of the kernel's, in bytes; empty where there is no such. */
  private static OptionalLong field(String file, String name) {
    try {
      for (String line : Files.readAllLines(Path.of(file))) {
        if (line.startsWith(name)) {
          return OptionalLong.of(1024 * Long.parseLong(line.replaceAll("[^0-9]", "")));
        }
      }
      return OptionalLong.empty();
    } catch (IOException | NumberFormatException e) {
      // Another kernel than Linux's.
      return OptionalLong.empty();
    }
  }
}
