package dev.avocet.core.internal.board;

import dev.avocet.core.board.BoardReading.Load;
import java.util.Optional;

/**
 * How busy the processor is, from {@code /proc/stat} (proc(5)): the share of the time since the
 * reading before that was neither idle nor waiting for disks. Confined to one thread at a time.
 */
public final class CpuLoad {
  /** Fields of a line: user, nice, system, idle, iowait, irq, softirq, steal. */
  private static final int FIELDS = 8;

  private static final int IDLE = 3;
  private static final int IOWAIT = 4;

  private long lastTotal = -1;
  private long lastIdle;

  /** A load with no reading before it. */
  public CpuLoad() {}

  /** The load since the reading before; empty the first time. */
  public Optional<Load> read(SysTree tree) {
    Optional<String> line = tree.text("proc/stat").map(text -> text.lines().findFirst().orElse(""));
    String[] fields = line.orElse("").split("\\s+", -1);
    if (fields.length <= FIELDS || !fields[0].equals("cpu")) {
      return Optional.empty();
    }
    long total = 0;
    long idle = 0;
    for (int i = 0; i < FIELDS; i++) {
      if (!fields[i + 1].matches("[0-9]{1,17}")) {
        return Optional.empty();
      }
      long ticks = Long.parseLong(fields[i + 1]);
      total += ticks;
      idle += i == IDLE || i == IOWAIT ? ticks : 0;
    }
    long passed = total - lastTotal;
    double share = 1 - (double) (idle - lastIdle) / passed;
    boolean known = lastTotal >= 0 && passed > 0;
    lastTotal = total;
    lastIdle = idle;
    // The kernel's count of waiting may go back a little.
    return known ? Optional.of(new Load("cpu", Math.max(0, Math.min(1, share)))) : Optional.empty();
  }
}
