package dev.avocet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.Memory;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetProvider;
import dev.avocet.core.net.NetSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How every engine runs: from many threads, many slots from one, what fails, what is closed. */
public abstract class EngineRunsContract extends Contract {
  /** A folder of the machine that an engine was built on; it helps nobody who reads a message. */
  static final String SOURCE_PLACE = "(?<!\\S)/\\S+\\.(c|cc|cpp|h|hpp):\\d+|/home/";

  /** Of inputs that do not fit each other: an engine sees it while it runs, or before. */
  private static final Set<Status> UNFIT = Set.of(Status.FAIL, Status.INVALID_ARG);

  /** For this engine on the processor. */
  protected EngineRunsContract(NetProvider provider) {
    this(provider, Device.CPU);
  }

  /** For this engine. */
  protected EngineRunsContract(NetProvider provider, Device device) {
    super(provider, device);
  }

  @Test
  void shouldRefuseToRunWhenAnInputIsMissing() {
    try (Net net = open(TinyNets.affine(2));
        NetSlot slot = net.slot()) {
      AvocetException e = TinyNets.failure(slot::run);
      assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
      assertThat(e).hasMessageContaining("x FLOAT32[2]").hasMessageContaining("tiny.onnx");
      assertThat(TinyNets.failure(() -> slot.output(0))).hasMessageContaining("y FLOAT32[2]");
      assertThat(TinyNets.failure(() -> slot.output(1)).status()).isEqualTo(Status.OUT_OF_RANGE);
      assertThat(TinyNets.failure(() -> slot.input(1, Shape.of(2))).status())
          .isEqualTo(Status.OUT_OF_RANGE);
    }
  }

  @Test
  void shouldGiveTheEnginesWordsWhenARunFails() {
    try (Net net = open(TinyNets.sum());
        NetSlot slot = net.slot()) {
      slot.input(0, Shape.of(2));
      slot.input(1, Shape.of(3));
      AvocetException e = TinyNets.failure(slot::run);
      assertThat(e.status()).isIn(UNFIT);
      assertThat(e).hasMessageContaining("tiny.onnx").hasMessageContaining("Add");
      assertThat(e.getMessage()).doesNotContainPattern(SOURCE_PLACE);
      TinyNets.fill(slot.input(1, Shape.of(2)), 1);
      TinyNets.fill(slot.input(0, Shape.of(2)), 1);
      slot.run();
      assertThat(slot.output(0).floats().get(1)).isEqualTo(4);
    }
  }

  @Test
  void shouldAnswerEquallyFromEightThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Net net = open(TinyNets.affine(-1, 33))) {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int seed = t;
        calls.add(
            () -> {
              try (NetSlot slot = net.slot()) {
                for (int i = 0; i < 300; i++) {
                  Tensor x = slot.input(0, Shape.of(1 + (i + seed) % 5, 33));
                  TinyNets.fill(x, seed * 1000f + i);
                  slot.run();
                  TinyNets.assertAffine(x, slot.output(0));
                }
              }
              return true;
            });
      }
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        assertThat(call.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldTellOfTheEndOfEveryRunThatOneThreadStarts() throws Exception {
    try (Net net = open(TinyNets.affine(-1, 33))) {
      List<NetSlot> slots = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        slots.add(net.slot());
      }
      for (int round = 0; round < 100; round++) {
        CountDownLatch ended = new CountDownLatch(slots.size());
        for (int i = 0; i < slots.size(); i++) {
          TinyNets.fill(slots.get(i).input(0, Shape.of(1 + (round + i) % 3, 33)), 100f * i + round);
          slots.get(i).start(ended::countDown);
        }
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < slots.size(); i++) {
          NetSlot slot = slots.get(i);
          slot.finish();
          TinyNets.assertAffine(slot.input(0, Shape.of(1 + (round + i) % 3, 33)), slot.output(0));
        }
      }
      slots.forEach(NetSlot::close);
    }
  }

  @Test
  void shouldTellOfARunThatFailsAndRunAgain() {
    try (Net net = open(TinyNets.sum());
        NetSlot slot = net.slot()) {
      slot.input(0, Shape.of(2));
      slot.input(1, Shape.of(3));
      assertThat(TinyNets.failure(() -> startAndFinish(slot)).status()).isIn(UNFIT);
      TinyNets.fill(slot.input(1, Shape.of(2)), 1);
      TinyNets.fill(slot.input(0, Shape.of(2)), 1);
      startAndFinish(slot);
      assertThat(slot.output(0).floats().get(1)).isEqualTo(4);
    }
  }

  private static void startAndFinish(NetSlot slot) {
    Semaphore ended = new Semaphore(0);
    slot.start(ended::release);
    ended.acquireUninterruptibly();
    slot.finish();
  }

  @Test
  void shouldSayClosedAfterClose() {
    long before = Memory.liveBytes();
    Net net = open(TinyNets.affine(2));
    NetSlot slot = net.slot();
    NetSlot other = net.slot();
    slot.input(0, Shape.of(2));
    other.input(0, Shape.of(2));
    slot.close();
    slot.close();
    assertThat(TinyNets.failure(slot::run).status()).isEqualTo(Status.CLOSED);
    net.close();
    net.close();
    assertThat(TinyNets.failure(net::slot).status()).isEqualTo(Status.CLOSED);
    assertThat(TinyNets.failure(other::run).status()).isEqualTo(Status.CLOSED);
    other.close();
    assertThat(Memory.liveBytes()).isEqualTo(before);
  }
}
