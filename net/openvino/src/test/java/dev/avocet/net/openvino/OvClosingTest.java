package dev.avocet.net.openvino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.Memory;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetSlot;
import dev.avocet.testing.EngineUnderTest;
import dev.avocet.testing.TinyNets;
import dev.avocet.testing.TinyOnnx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Closing and misusing while runs go on; nothing may be left or come afterwards. */
class OvClosingTest {
  private static final Shape LARGE = Shape.of(1, 64, 1000);

  private final OvProvider provider = new OvProvider();
  private long before;

  @BeforeEach
  void skipWithoutTheEngine() {
    EngineUnderTest.require(provider);
    before = Memory.liveBytes();
  }

  @AfterEach
  void shouldLeaveNothing() {
    assertThat(Memory.liveBytes()).isEqualTo(before);
  }

  private Net open(long... extents) {
    return TinyNets.open(provider, TinyNets.affine(extents));
  }

  private static void assertClosed(Runnable call) {
    assertThat(TinyNets.failure(call).status()).isEqualTo(Status.CLOSED);
  }

  @Test
  void shouldRefuseTheSlotUntilTheStartedRunIsFinished() {
    try (Net net = open(1, -1, 1000);
        NetSlot slot = net.slot()) {
      Tensor x = slot.input(0, LARGE);
      TinyNets.fill(x, 1);
      AtomicInteger ends = new AtomicInteger();
      slot.start(ends::incrementAndGet);
      List<Runnable> calls =
          List.of(
              slot::run,
              () -> slot.start(ends::incrementAndGet),
              () -> slot.input(0, Shape.of(1, 65, 1000)));
      for (Runnable call : calls) {
        AvocetException e = TinyNets.failure(call);
        assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
        assertThat(e).hasMessageContaining("tiny.onnx").hasMessageContaining("finish() it first");
      }
      assertThat(TinyNets.failure(() -> slot.output(0))).hasMessageContaining("there is none");
      slot.finish();
      TinyNets.assertAffine(x, slot.output(0));
      assertThat(ends).hasValue(1);
    }
  }

  @Test
  void shouldDoNothingWhenThereIsNothingToFinish() {
    try (Net net = open(2);
        NetSlot slot = net.slot()) {
      slot.finish();
      Tensor x = slot.input(0, Shape.of(2));
      TinyNets.fill(x, 1);
      slot.run();
      slot.finish();
      TinyNets.assertAffine(x, slot.output(0));
    }
  }

  @Test
  void shouldKeepTheAnswerWhenTheNextShapeIsPrepared() {
    try (Net net = open(-1);
        NetSlot slot = net.slot()) {
      slot.input(0, Shape.of(3)).floats().put(0, 1).put(1, 2).put(2, 3);
      slot.run();
      Tensor y = slot.output(0);
      slot.input(0, Shape.of(5000));
      assertThat(slot.output(0)).isSameAs(y);
      assertThat(y.floats().get(2)).isEqualTo(7);
      assertThat(slot.layers()).isEmpty();
    }
  }

  @Test
  void shouldFinishWhatWasStartedWhenTheNetIsClosed() {
    Net net = open(1, -1, 1000);
    NetSlot slot = net.slot();
    slot.input(0, LARGE);
    AtomicInteger ends = new AtomicInteger();
    slot.start(ends::incrementAndGet);
    net.close();
    assertClosed(net::slot);
    assertClosed(slot::run);
    slot.finish();
    assertThat(ends).hasValue(1);
    assertClosed(() -> slot.output(0));
    slot.close();
    assertClosed(slot::finish);
    assertClosed(() -> slot.input(0, LARGE));
    assertClosed(() -> slot.output(0));
    assertClosed(slot::layers);
  }

  @Test
  void shouldWaitForTheStartedRunWhenTheSlotIsClosed() {
    try (Net net = open(1, -1, 1000)) {
      for (int round = 0; round < 200; round++) {
        NetSlot slot = net.slot();
        slot.input(0, LARGE);
        AtomicInteger ends = new AtomicInteger();
        slot.start(ends::incrementAndGet);
        slot.close();
        assertThat(ends).hasValue(1);
        assertClosed(slot::finish);
      }
    }
  }

  @Test
  void shouldSurviveClosingFromOtherThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      for (int round = 0; round < 100; round++) {
        Net net = open(1, -1, 1000);
        List<Future<?>> work = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          NetSlot slot = net.slot();
          boolean waits = i == 0;
          work.add(threads.submit(() -> callUntilClosed(slot, waits)));
          work.add(threads.submit(() -> pauseAnd(slot::close)));
        }
        work.add(threads.submit(() -> pauseAnd(net::close)));
        for (Future<?> each : work) {
          each.get(60, TimeUnit.SECONDS);
        }
        assertClosed(net::slot);
        assertThat(Memory.liveBytes()).isEqualTo(before);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void pauseAnd(Runnable close) {
    // About as long as a few runs and a compilation.
    long until = System.nanoTime() + ThreadLocalRandom.current().nextLong(4_000_000);
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    close.run();
  }

  private static void callUntilClosed(NetSlot slot, boolean waits) {
    AtomicInteger ends = new AtomicInteger();
    int starts = 0;
    try {
      for (int i = 0; ; i++) {
        slot.input(0, Shape.of(1, 8 + i % 3, 1000));
        if (waits) {
          slot.run();
        } else {
          Semaphore ended = new Semaphore(0);
          slot.start(
              () -> {
                ends.incrementAndGet();
                ended.release();
              });
          starts++;
          ended.acquireUninterruptibly();
          slot.finish();
        }
        slot.output(0);
      }
    } catch (AvocetException e) {
      assertThat(e.status()).as(e.getMessage()).isEqualTo(Status.CLOSED);
      assertThat(ends).hasValue(starts);
    }
  }

  @Test
  void shouldSurviveEvictionWhileOthersTakeTheShape() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (Net net =
        TinyNets.open(
            provider,
            TinyNets.affine(-1, 33).build(),
            Device.CPU,
            TinyNets.option("shapes", "1"))) {
      List<Future<?>> work = new ArrayList<>();
      for (int t = 0; t < 6; t++) {
        int seed = t;
        work.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 60; i++) {
                    // A slot of its own every time, so that each asks for a new request.
                    try (NetSlot slot = net.slot()) {
                      Tensor x = slot.input(0, Shape.of(1 + (i / 10 + seed) % 3, 33));
                      TinyNets.fill(x, 1000f * seed + i);
                      slot.run();
                      TinyNets.assertAffine(x, slot.output(0));
                    }
                  }
                }));
      }
      for (Future<?> each : work) {
        each.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldTakeAScalarBesideAShapeThatVaries() {
    TinyOnnx onnx =
        new TinyOnnx()
            .input("x", TinyOnnx.FLOAT, -1)
            .input("c", TinyOnnx.FLOAT)
            .node("Add", new String[] {"x", "c"}, "y")
            .output("y", TinyOnnx.FLOAT, -1);
    try (Net net = TinyNets.open(provider, onnx);
        NetSlot slot = net.slot()) {
      slot.input(0, Shape.of(2)).floats().put(0, 1).put(1, 2);
      slot.input(1, Shape.of()).floats().put(0, 5);
      slot.run();
      assertThat(slot.output(0).floats().get(1)).isEqualTo(7);
    }
  }

  @Test
  void shouldRefuseWhatIsTooLargeAndRunAgain() {
    try (Net net = open(-1, -1);
        NetSlot slot = net.slot()) {
      for (long[] extents : new long[][] {{1 << 16, 1 << 16}, {Integer.MAX_VALUE, 2}}) {
        AvocetException e = TinyNets.failure(() -> slot.input(0, Shape.of(extents)));
        assertThat(e.status()).isIn(Status.OUT_OF_RANGE, Status.OUT_OF_MEMORY);
        assertThat(e).hasMessageContaining(Arrays.stream(extents).max().getAsLong() + "");
      }
      Tensor x = slot.input(0, Shape.of(2, 2));
      TinyNets.fill(x, 1);
      slot.run();
      TinyNets.assertAffine(x, slot.output(0));
    }
  }
}
