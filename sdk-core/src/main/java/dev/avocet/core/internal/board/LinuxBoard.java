package dev.avocet.core.internal.board;

import dev.avocet.core.board.Board;
import dev.avocet.core.board.BoardFacts;
import dev.avocet.core.board.BoardReading;
import dev.avocet.core.board.BoardReading.Clock;
import dev.avocet.core.board.BoardReading.Load;
import dev.avocet.core.board.BoardReading.Temperature;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Any machine with Linux: what needs no knowledge of its maker. Thread safe. */
public final class LinuxBoard implements Board {
  private static final Pattern TOTAL = Pattern.compile("MemTotal:\\s+([0-9]{1,15}) kB");
  private static final Pattern PROCESSOR = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");
  private static final long KIB = 1024;

  private final SysTree tree;
  private final CpuLoad load = new CpuLoad();
  private final Rapl rapl = new Rapl();

  /**
   * The machine whose files are below a folder.
   *
   * @param root has {@code proc}, {@code sys} and {@code etc}
   */
  public LinuxBoard(Path root) {
    this.tree = new SysTree(root);
  }

  @Override
  public BoardFacts facts() {
    return new BoardFacts(
        tree.text("proc/device-tree/model").or(() -> tree.text("sys/class/dmi/id/product_name")),
        Optional.empty(),
        tree.text("proc/cpuinfo")
            .map(PROCESSOR::matcher)
            .filter(Matcher::find)
            .map(m -> m.group(1)),
        Optional.empty(),
        Optional.empty(),
        memory(tree));
  }

  /** Memory in all, from {@code /proc/meminfo}. */
  public static OptionalLong memory(SysTree tree) {
    Matcher total = TOTAL.matcher(tree.text("proc/meminfo").orElse(""));
    return total.find()
        ? OptionalLong.of(Long.parseLong(total.group(1)) * KIB)
        : OptionalLong.empty();
  }

  @Override
  public synchronized BoardReading read() {
    long nanos = System.nanoTime();
    List<Temperature> temperatures = ThermalZones.read(tree);
    List<Clock> clocks = CpuClocks.read(tree).stream().toList();
    List<Load> loads = load.read(tree).stream().toList();
    return new BoardReading(
        nanos,
        Optional.empty(),
        rapl.read(tree, nanos),
        temperatures,
        clocks,
        loads,
        List.of(),
        tripped(temperatures),
        tree.unreadable());
  }

  /** Parts that are as hot as the kernel lets them be before it makes them slower, in words. */
  public static List<String> tripped(List<Temperature> temperatures) {
    return temperatures.stream()
        .filter(t -> t.limit().isPresent() && t.celsius() >= t.limit().getAsDouble())
        .map(
            t ->
                String.format(
                    Locale.ROOT,
                    "%s is at %.1f °C, it is made slower from %.1f °C on",
                    t.name(),
                    t.celsius(),
                    t.limit().getAsDouble()))
        .toList();
  }
}
