package dev.avocet.net.openvino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Device;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.Memory;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetSlot;
import dev.avocet.testing.EngineUnderTest;
import dev.avocet.testing.TinyNets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Shapes come and go in any order while a net stays compiled for one or two of them. */
class OvShapesPropertyTest {
  private static final int THREADS = 3;

  private final OvProvider provider = new OvProvider();

  @BeforeProperty
  void skipWithoutTheEngine() {
    EngineUnderTest.require(provider);
  }

  /** Few, so that they come again, and often enough to be compiled for. */
  @Provide
  Arbitrary<Shape> shapes() {
    return Arbitraries.of(
        Shape.of(1, 1),
        Shape.of(2, 3),
        Shape.of(3, 2),
        Shape.of(0, 4),
        Shape.of(7, 129),
        Shape.of(40, 50));
  }

  @Property(tries = 15)
  void shouldAnswerRightWhateverShapesComeAndLeaveNothing(
      @ForAll @Size(min = 10, max = 60) List<@net.jqwik.api.From("shapes") Shape> shapes,
      @ForAll @IntRange(min = 0, max = 2) int kept)
      throws Exception {
    long before = Memory.liveBytes();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Net net =
        TinyNets.open(
            provider,
            TinyNets.affine(-1, -1).build(),
            Device.CPU,
            TinyNets.option("shapes", Integer.toString(kept)))) {
      List<Future<?>> work = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int seed = t;
        work.add(threads.submit(() -> runAll(net, shapes, seed)));
      }
      for (Future<?> each : work) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(Memory.liveBytes()).isEqualTo(before);
  }

  private static void runAll(Net net, List<Shape> shapes, int seed) {
    try (NetSlot slot = net.slot()) {
      for (int i = 0; i < shapes.size(); i++) {
        Tensor x = slot.input(0, shapes.get((i + seed) % shapes.size()));
        TinyNets.fill(x, 10_000f * seed + i);
        slot.run();
        TinyNets.assertAffine(x, slot.output(0));
      }
    }
  }
}
