package dev.avocet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.avocet.core.Device;
import dev.avocet.core.Shape;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetProvider;
import dev.avocet.core.net.NetSlot;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs and networks may cost in memory, on any engine. */
public abstract class EngineResourcesContract extends Contract {
  private final int networks;

  /**
   * For this engine on the processor.
   *
   * @param networks that come and go in a round, as many as it opens in a few seconds
   */
  protected EngineResourcesContract(NetProvider provider, int networks) {
    this(provider, Device.CPU, networks);
  }

  /** For this engine. */
  protected EngineResourcesContract(NetProvider provider, Device device, int networks) {
    super(provider, device);
    this.networks = networks;
  }

  @ParameterizedTest
  @ValueSource(longs = {8, -1})
  void shouldTakeNoHeapAndNotGrowWhenRunning(long extent) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Net net = open(TinyNets.affine(1, extent, 1000));
        NetSlot slot = net.slot()) {
      slot.input(0, Shape.of(1, 8, 1000));
      runs(slot, 3000);
      int runs = 10_000;
      long before = threads.getCurrentThreadAllocatedBytes();
      runs(slot, runs);
      long heap = (threads.getCurrentThreadAllocatedBytes() - before) / runs;
      assertThat(heap).as("heap bytes a run").isBetween(0L, 100L);
      long limit = 1 << 20;
      long growth = ProcessMemory.leastGrowth(limit, () -> runs(slot, runs));
      assertThat(growth).as("bytes more after %d runs", runs).isLessThan(limit);
    }
  }

  private static void runs(NetSlot slot, int runs) {
    for (int i = 0; i < runs; i++) {
      slot.run();
      slot.output(0);
    }
  }

  @Test
  void shouldNotGrowWhenNetworksComeAndGo() {
    TinyOnnx onnx = TinyNets.affine(-1, 64);
    long limit = networks * 10_000L;
    long growth = ProcessMemory.leastGrowth(limit, () -> openAndClose(onnx));
    assertThat(growth).as("bytes more in %d networks", networks).isLessThan(limit);
  }

  private void openAndClose(TinyOnnx onnx) {
    byte[] file = onnx.build();
    NetOptions options = new NetOptions(2, options(onnx).properties());
    for (int i = 0; i < networks; i++) {
      try (Net net = TinyNets.open(provider, file, device, options);
          NetSlot slot = net.slot()) {
        slot.input(0, Shape.of(1 + i % 3, 64));
        slot.run();
      }
    }
  }
}
