package dev.avocet.jetson;

import dev.avocet.core.board.BoardReading.Clock;
import dev.avocet.core.board.BoardReading.Load;
import dev.avocet.core.board.BoardReading.Temperature;
import dev.avocet.core.internal.board.LinuxBoard;
import dev.avocet.core.internal.board.SysTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what makes a Jetson slower than its power mode allows: heat, by trip points and by the
 * kernel's {@code …-throttle-alert} devices; too much current or too little voltage, by the event
 * counters of {@code soctherm_oc} and the power monitors' alarms (Jetson Linux Developer Guide,
 * "Platform Power and Performance"); and a GPU whose clock stays low under full load. Warns in the
 * log once when a cause begins. Confined to one thread at a time.
 */
final class Throttling {
  private static final Logger LOG = LoggerFactory.getLogger(JetsonBoard.class);

  /** A cause that comes again within this time has not begun anew. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final double BUSY = 0.95;
  private static final double SLOW = 0.9;

  /** What soctherm_oc counts, by its number. */
  private static final List<String> EVENTS =
      List.of("under-voltage", "average over-current", "momentary over-current");

  /** What is found, and what can be done about it. */
  private enum Kind {
    HEAT(
        "cool it: see that the fan runs and air gets through, or set a lower power mode (nvpmodel)"),
    SUPPLY("use a stronger power supply and a shorter cable, or set a lower power mode (nvpmodel)"),
    CLOCK("see whether heat or supply is the cause, or hold the clocks with jetson_clocks");

    private final String advice;

    Kind(String advice) {
      this.advice = advice;
    }
  }

  /**
   * A cause at one moment.
   *
   * @param key is the same as long as the cause is
   */
  private record Cause(Kind kind, String key, String text) {}

  private final Map<String, Double> events = new HashMap<>();
  private final Map<String, Long> lastSeen = new HashMap<>();
  private boolean wasSlow;

  /**
   * Causes now, in words.
   *
   * @param nanos now, as {@link System#nanoTime} counts
   */
  List<String> find(
      SysTree tree,
      long nanos,
      List<Temperature> temperatures,
      Optional<Clock> gpu,
      Optional<Load> load) {
    List<Cause> causes = new ArrayList<>();
    for (String text : LinuxBoard.tripped(temperatures)) {
      causes.add(new Cause(Kind.HEAT, text.substring(0, text.indexOf(" is at ")), text));
    }
    alerts(tree, causes);
    events(tree, causes);
    alarms(tree, causes);
    slowGpu(gpu, load, causes);
    warn(causes, nanos);
    return causes.stream().map(Cause::text).toList();
  }

  private static void alerts(SysTree tree, List<Cause> causes) {
    for (String device : tree.children("sys/class/thermal", "cooling_device[0-9]{1,4}")) {
      Optional<String> type =
          tree.text(device + "/type").filter(text -> text.endsWith("-throttle-alert"));
      if (type.isPresent() && tree.number(device + "/cur_state").orElse(0) > 0) {
        causes.add(new Cause(Kind.HEAT, type.get(), type.get() + ": the kernel makes it slower"));
      }
    }
  }

  private void events(SysTree tree, List<Cause> causes) {
    for (String hwmon : tree.children("sys/class/hwmon", "hwmon[0-9]{1,4}")) {
      if (tree.text(hwmon + "/name").filter("soctherm_oc"::equals).isEmpty()) {
        continue;
      }
      for (int i = 0; i < EVENTS.size(); i++) {
        String counter = "oc%d_event_cnt".formatted(i + 1);
        OptionalDouble count = tree.number(hwmon + "/" + counter);
        Double before = count.isPresent() ? events.put(counter, count.getAsDouble()) : null;
        if (before != null && count.getAsDouble() > before) {
          String text =
              String.format(
                  Locale.ROOT,
                  "%s: %.0f events since the reading before (%s)",
                  EVENTS.get(i),
                  count.getAsDouble() - before,
                  counter);
          causes.add(new Cause(Kind.SUPPLY, counter, text));
        }
      }
    }
  }

  private static void alarms(SysTree tree, List<Cause> causes) {
    for (String monitor : PowerRails.monitors(tree)) {
      for (String hwmon : tree.children(monitor + "/hwmon", "hwmon[0-9]{1,4}")) {
        for (String alarm : tree.children(hwmon, "curr[1-9]_(max|crit)_alarm")) {
          if (tree.number(alarm).orElse(0) > 0) {
            String number = SysTree.nameOf(alarm).substring("curr".length(), "curr1".length());
            String rail = tree.text("%s/in%s_label".formatted(hwmon, number)).orElse("a rail");
            causes.add(
                new Cause(Kind.SUPPLY, alarm, rail + ": more current than its monitor's limit"));
          }
        }
      }
    }
  }

  /** Twice in a row, since the clock follows the load with a delay. */
  private void slowGpu(Optional<Clock> gpu, Optional<Load> load, List<Cause> causes) {
    boolean slow =
        gpu.isPresent()
            && load.isPresent()
            && load.get().share() >= BUSY
            && gpu.get().hertz() < SLOW * gpu.get().most().orElse(0);
    if (slow && wasSlow) {
      String text =
          String.format(
              Locale.ROOT,
              "gpu: %.0f of %.0f MHz under full load",
              gpu.get().hertz() / 1e6,
              gpu.get().most().orElse(0) / 1e6);
      causes.add(new Cause(Kind.CLOCK, "gpu clock", text));
    }
    wasSlow = slow;
  }

  private void warn(List<Cause> causes, long nanos) {
    lastSeen.values().removeIf(seen -> nanos - seen > PAUSE_NANOS);
    for (Cause cause : causes) {
      if (lastSeen.put(cause.key(), nanos) == null) {
        LOG.warn("the board holds itself back: {}; {}", cause.text(), cause.kind().advice);
      }
    }
  }
}
