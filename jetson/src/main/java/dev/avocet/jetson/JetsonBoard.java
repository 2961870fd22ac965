package dev.avocet.jetson;

import dev.avocet.core.board.Board;
import dev.avocet.core.board.BoardFacts;
import dev.avocet.core.board.BoardReading;
import dev.avocet.core.board.BoardReading.Clock;
import dev.avocet.core.board.BoardReading.Load;
import dev.avocet.core.board.BoardReading.Temperature;
import dev.avocet.core.internal.board.CpuClocks;
import dev.avocet.core.internal.board.CpuLoad;
import dev.avocet.core.internal.board.SysTree;
import dev.avocet.core.internal.board.ThermalZones;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Jetson. Thread safe. */
final class JetsonBoard implements Board {
  private final SysTree tree;
  private final CpuLoad cpu = new CpuLoad();
  private final Throttling throttling = new Throttling();

  JetsonBoard(SysTree tree) {
    this.tree = tree;
  }

  @Override
  public BoardFacts facts() {
    return JetsonFacts.read(tree);
  }

  @Override
  public synchronized BoardReading read() {
    long nanos = System.nanoTime();
    List<Temperature> temperatures =
        ThermalZones.read(tree).stream().filter(t -> isMeasured(t.name())).toList();
    Optional<Clock> gpu = Gpu.clock(tree);
    Optional<Load> load = Gpu.load(tree);
    return new BoardReading(
        nanos,
        JetsonFacts.mode(tree),
        PowerRails.read(tree),
        temperatures,
        Stream.of(gpu, CpuClocks.read(tree), Gpu.memoryClock(tree))
            .flatMap(Optional::stream)
            .toList(),
        Stream.of(load, cpu.read(tree)).flatMap(Optional::stream).toList(),
        Fans.read(tree),
        throttling.find(tree, nanos, temperatures, gpu, load),
        tree.unreadable());
  }

  /** The power controller's zone says 100 °C whatever happens. */
  static boolean isMeasured(String zone) {
    return !zone.startsWith("PMIC");
  }
}
