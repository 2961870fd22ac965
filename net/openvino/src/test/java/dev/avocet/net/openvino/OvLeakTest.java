package dev.avocet.net.openvino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Device;
import dev.avocet.core.Shape;
import dev.avocet.core.internal.Memory;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetSlot;
import dev.avocet.testing.EngineUnderTest;
import dev.avocet.testing.ProcessMemory;
import dev.avocet.testing.TinyNets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Resident memory over many networks that come and go, in whatever way they end. */
class OvLeakTest {
  private static final int ROUNDS = 1000;
  private static final long MOST = 16L << 20;
  private static final byte[] ONNX = TinyNets.affine(-1, 64).build();

  private final OvProvider provider = new OvProvider();

  @BeforeEach
  void skipWithoutTheEngine() {
    EngineUnderTest.require(provider);
  }

  private static void assertNoGrowth(int rounds, IntConsumer round) throws InterruptedException {
    long early = 0;
    long blocks = 0;
    for (int i = 1; i <= rounds; i++) {
      round.accept(i);
      if (i == rounds / 10) {
        early = ProcessMemory.settledBytes();
        blocks = Memory.liveBytes();
      }
    }
    assertThat(ProcessMemory.settledBytes() - early)
        .as("resident bytes more after the first tenth of %d rounds, early=%d", rounds, early)
        .isLessThanOrEqualTo(MOST);
    assertThat(Memory.liveBytes()).isEqualTo(blocks);
  }

  private Net open() {
    return TinyNets.open(provider, ONNX, Device.CPU, new NetOptions(2, Map.of()));
  }

  @Test
  @Tag("slow")
  void shouldNotGrowWhenNetworksAreOpenedRunAndClosed() throws InterruptedException {
    assertNoGrowth(
        ROUNDS,
        i -> {
          try (Net net = open();
              NetSlot slot = net.slot()) {
            slot.input(0, Shape.of(1 + i % 3, 64));
            slot.run();
          }
        });
  }

  @Test
  @Tag("soak")
  void shouldNotGrowWhenRunsAreStartedAndTheNetIsClosedFirst() throws InterruptedException {
    assertNoGrowth(
        ROUNDS,
        i -> {
          Net net = open();
          NetSlot slot = net.slot();
          slot.input(0, Shape.of(1 + i % 3, 64));
          Semaphore ended = new Semaphore(0);
          slot.start(ended::release);
          net.close();
          slot.close();
          assertThat(ended.tryAcquire()).isTrue();
        });
  }

  @Test
  @Tag("soak")
  void shouldNotGrowWhenShapesAreEvicted() throws InterruptedException {
    try (Net net = TinyNets.open(provider, ONNX, Device.CPU, TinyNets.option("shapes", "1"));
        NetSlot slot = net.slot()) {
      assertNoGrowth(
          ROUNDS,
          i -> {
            // Often enough to be compiled for.
            for (int k = 0; k < 8; k++) {
              slot.input(0, Shape.of(1 + i % 50, 64));
              slot.run();
              slot.input(0, Shape.of(60, 64));
              slot.run();
            }
          });
    }
  }

  @Test
  @Tag("soak")
  void shouldNotGrowWhenNothingCanBeOpened() throws InterruptedException {
    byte[] cut = Arrays.copyOf(ONNX, ONNX.length / 2);
    NetOptions refused = TinyNets.option("PERFORMANCE_HINT", "FAST");
    byte[] sum = TinyNets.sum().build();
    assertNoGrowth(
        ROUNDS,
        i -> {
          failToOpen(cut, NetOptions.DEFAULT);
          if (i % 10 == 0) {
            failToOpen(ONNX, refused);
            failToRun(sum);
          }
        });
  }

  private void failToOpen(byte[] onnx, NetOptions options) {
    TinyNets.failure(() -> TinyNets.open(provider, onnx, Device.CPU, options).close());
  }

  private void failToRun(byte[] sum) {
    try (Net net = TinyNets.open(provider, sum, Device.CPU, NetOptions.DEFAULT);
        NetSlot slot = net.slot()) {
      slot.input(0, Shape.of(2));
      slot.input(1, Shape.of(3));
      TinyNets.failure(slot::run);
    }
  }
}
