package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.cuda.global.cudart.cuCtxGetCurrent;
import static org.bytedeco.cuda.global.cudart.cuMemGetInfo;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.net.LayerTime;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetSlot;
import dev.avocet.testing.NeedsGpu;
import dev.avocet.testing.TinyNets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.javacpp.SizeTPointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What slots do on a GPU beside what every engine does. */
@NeedsGpu
class TrtSlotGpuTest {
  @AfterEach
  void shouldLeaveNoContextCurrent() {
    try (CUctx_st current = new CUctx_st()) {
      Cuda.check(cuCtxGetCurrent(current), "asking for the context");
      assertThat(current.isNull()).isTrue();
    }
    assertThat(CudaCallback.pending()).isZero();
  }

  private static long freeBytes() {
    try (CudaContext context = new CudaContext(CudaDevice.at(0));
        SizeTPointer free = new SizeTPointer(1);
        SizeTPointer total = new SizeTPointer(1)) {
      context.enter();
      try {
        Cuda.check(cuMemGetInfo(free, total), "asking for memory");
      } finally {
        context.leave();
      }
      return free.get();
    }
  }

  private static void runAll(NetSlot slot, int[] rows) {
    for (int i = 0; i < rows.length; i++) {
      Tensor x = slot.input(0, Shape.of(rows[i], 33));
      TinyNets.fill(x, i);
      slot.run();
      TinyNets.assertAffine(x, slot.output(0));
    }
  }

  /** Many shapes in turn: contexts come and go, graphs are recorded and replayed. */
  @ParameterizedTest
  @CsvSource({"true,false", "false,false", "true,true", "false,true"})
  void shouldAnswerEquallyWithAndWithoutGraphAndCopies(boolean graph, boolean mapped) {
    try (Net net =
            OnGpu.open(
                TinyNets.affine(-1, 33),
                "cuda_graph",
                Boolean.toString(graph),
                "mapped",
                Boolean.toString(mapped));
        NetSlot slot = net.slot()) {
      runAll(slot, new int[] {1, 1, 1, 1, 1});
      for (int round = 0; round < 5; round++) {
        runAll(slot, new int[] {1, 2, 3, 2, 1, 7, 8, 9, 10, 300, 2, 2});
      }
    }
  }

  @Test
  void shouldTimeLayersWhereAskedFor() {
    try (Net net = OnGpu.open(TinyNets.affine(4, 33), "profile_layers", "true");
        NetSlot slot = net.slot()) {
      runAll(slot, new int[] {4, 4});
      List<LayerTime> layers = slot.layers();
      assertThat(layers).isNotEmpty();
      assertThat(layers).allSatisfy(layer -> assertThat(layer.name()).isNotBlank());
    }
    try (Net net = OnGpu.open(TinyNets.affine(4, 33));
        NetSlot slot = net.slot()) {
      runAll(slot, new int[] {4});
      assertThat(slot.layers()).isEmpty();
    }
  }

  @Test
  void shouldNameTheProfilesWhenAShapeIsInNone() {
    try (Net net = OnGpu.open(TinyNets.affine(-1, 33));
        NetSlot slot = net.slot()) {
      AvocetException e = TinyNets.failure(() -> slot.input(0, Shape.of(513, 33)));
      assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
      assertThat(e).hasMessageContaining("shape=[513,33]").hasMessageContaining("[1..512,33]");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldKeepNoMemoryOfTheGpuAfterThousandRounds(boolean slotsOnly) {
    try (Net kept = OnGpu.open(TinyNets.affine(-1, 33))) {
      rounds(kept, slotsOnly, 20);
      long before = freeBytes();
      rounds(kept, slotsOnly, slotsOnly ? 1000 : 100);
      // The driver hands out memory in pieces of 2 MB.
      assertThat(before - freeBytes()).isLessThanOrEqualTo(4L << 20);
    }
  }

  private static void rounds(Net kept, boolean slotsOnly, int count) {
    for (int i = 0; i < count; i++) {
      if (slotsOnly) {
        try (NetSlot slot = kept.slot()) {
          runAll(slot, new int[] {1 + i % 3});
        }
      } else {
        try (Net net = OnGpu.open(TinyNets.affine(4, 33));
            NetSlot slot = net.slot()) {
          runAll(slot, new int[] {4});
        }
      }
    }
  }

  @Test
  void shouldWaitForTheStartedRunWhenTheSlotIsClosed() throws Exception {
    try (Net net = OnGpu.open(TinyNets.affine(512, 512, 64))) {
      for (int i = 0; i < 50; i++) {
        CountDownLatch ended = new CountDownLatch(1);
        NetSlot slot = net.slot();
        slot.input(0, Shape.of(512, 512, 64));
        slot.start(ended::countDown);
        slot.close();
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void shouldRunOnAfterTheNetIsClosedUntilTheSlotIs() throws Exception {
    Net net = OnGpu.open(TinyNets.affine(4, 33));
    NetSlot slot = net.slot();
    slot.input(0, Shape.of(4, 33));
    CountDownLatch ended = new CountDownLatch(1);
    slot.start(ended::countDown);
    net.close();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    slot.finish();
    assertThat(TinyNets.failure(slot::run).status()).isEqualTo(Status.CLOSED);
    slot.close();
  }
}
