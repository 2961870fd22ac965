package dev.avocet.net.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.Memory;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrtNetTest {
  private static void fill(Tensor tensor, float first) {
    for (int i = 0; i < tensor.shape().elements(); i++) {
      tensor.floats().put(i, first + i);
    }
  }

  private static void assertAffine(Tensor x, Tensor y) {
    assertThat(y.shape()).isEqualTo(x.shape());
    for (int i = 0; i < x.shape().elements(); i++) {
      assertThat(y.floats().get(i)).isEqualTo(2 * x.floats().get(i) + 1);
    }
  }

  @Test
  void shouldDescribeInputsAndOutputs() {
    try (Net net = Nets.open(Nets.affine(-1, 3, -1))) {
      assertThat(net.inputs()).hasToString("[x FLOAT32[?,3,?]]");
      assertThat(net.outputs()).hasToString("[y FLOAT32[?,3,?]]");
      assertThat(net.description()).startsWith("ONNX Runtime 1.").contains("cpu", "threads");
    }
  }

  @Test
  void shouldBindStaticShapesOnceWhenRunTwice() {
    try (Net net = Nets.open(Nets.affine(1, 3));
        NetSlot slot = net.slot()) {
      Tensor x = slot.input(0, Shape.of(1, 3));
      assertThat(x.address() % 64).isZero();
      fill(x, 1);
      slot.run();
      Tensor y = slot.output(0);
      assertAffine(x, y);
      fill(x, 100);
      slot.run();
      assertThat(slot.output(0)).isSameAs(y);
      assertAffine(x, y);
    }
  }

  @Test
  void shouldFollowShapesBackAndForth() {
    try (Net net = Nets.open(Nets.affine(-1, -1));
        NetSlot slot = net.slot()) {
      long[][] shapes = {{2, 3}, {7, 5}, {1, 1}, {7, 5}, {0, 4}, {40, 50}, {2, 3}};
      for (int round = 0; round < 3; round++) {
        for (long[] dims : shapes) {
          Tensor x = slot.input(0, Shape.of(dims));
          fill(x, round);
          assertThat(slot.input(0, Shape.of(dims))).isSameAs(x);
          slot.run();
          assertAffine(x, slot.output(0));
          Tensor y = slot.output(0);
          slot.run();
          assertThat(slot.output(0)).isSameAs(y);
          assertAffine(x, y);
        }
      }
    }
  }

  @Test
  void shouldKeepWhatWasWrittenWhenTheShapeGrows() {
    try (Net net = Nets.open(Nets.affine(-1));
        NetSlot slot = net.slot()) {
      fill(slot.input(0, Shape.of(3)), 5);
      Tensor larger = slot.input(0, Shape.of(300));
      assertThat(larger.floats().get(2)).isEqualTo(7);
      assertThat(slot.input(0, Shape.of(2)).floats().get(1)).isEqualTo(6);
    }
  }

  @Test
  void shouldAnswerNothingWhenThereIsNothing() {
    try (Net net = Nets.open(Nets.nonZero(-1));
        NetSlot slot = net.slot()) {
      for (int n : new int[] {3, 0, 2, 0, 5}) {
        Tensor x = slot.input(0, Shape.of(5));
        for (int i = 0; i < 5; i++) {
          x.floats().put(i, i < n ? 1 : 0);
        }
        slot.run();
        assertThat(slot.output(0).shape()).isEqualTo(Shape.of(1, n));
        for (int i = 0; i < n; i++) {
          assertThat(slot.output(0).longs().get(i)).isEqualTo(i);
        }
      }
    }
  }

  @Test
  void shouldAnswerAConstantOfNoElements() {
    TinyOnnx onnx =
        new TinyOnnx()
            .input("x", TinyOnnx.FLOAT, 1)
            .floats("d", new long[] {1, 0, 5})
            .node("Identity", new String[] {"d"}, "dets")
            .output("dets", TinyOnnx.FLOAT, 1, 0, 5);
    try (Net net = Nets.open(onnx);
        NetSlot slot = net.slot()) {
      slot.input(0, Shape.of(1));
      slot.run();
      assertThat(slot.output(0).shape()).isEqualTo(Shape.of(1, 0, 5));
      assertThat(slot.output(0).byteSize()).isZero();
    }
  }

  @Test
  void shouldAnswerWhatComesOutWhenTheFileIsWrongAboutTheShape() {
    TinyOnnx onnx =
        new TinyOnnx()
            .input("x", TinyOnnx.FLOAT, 4)
            .node("NonZero", new String[] {"x"}, "y")
            .output("y", TinyOnnx.INT64, 1, 4);
    try (Net net = Nets.open(onnx);
        NetSlot slot = net.slot()) {
      Tensor x = slot.input(0, Shape.of(4));
      fill(x, 1);
      x.floats().put(2, 0);
      slot.run();
      assertThat(slot.output(0).shape()).isEqualTo(Shape.of(1, 3));
      assertThat(slot.output(0).longs().get(2)).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,FLOAT32",
    "10,FLOAT16",
    "16,BFLOAT16",
    "2,UINT8",
    "3,INT8",
    "6,INT32",
    "7,INT64",
    "9,BOOL"
  })
  void shouldCarryEveryType(int code, DataType type) {
    for (long extent : new long[] {4, -1}) {
      TinyOnnx onnx =
          new TinyOnnx()
              .input("x", code, extent)
              .node("Identity", new String[] {"x"}, "y")
              .output("y", code, extent);
      try (Net net = Nets.open(onnx);
          NetSlot slot = net.slot()) {
        assertThat(net.inputs().get(0).type()).isEqualTo(type);
        Tensor x = slot.input(0, Shape.of(4));
        for (int i = 0; i < x.byteSize(); i++) {
          x.bytes().put(i, (byte) (i & 1));
        }
        slot.run();
        assertThat(slot.output(0).type()).isEqualTo(type);
        assertThat(slot.output(0).bytes()).isEqualTo(x.bytes());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"11,FLOAT64", "8,STRING", "5,INT16"})
  void shouldRefuseOtherTypesByName(int code, String words) {
    TinyOnnx onnx =
        new TinyOnnx()
            .input("x", TinyOnnx.FLOAT, 2)
            .input("odd", code, 2)
            .node("Identity", new String[] {"x"}, "y")
            .output("y", TinyOnnx.FLOAT, 2);
    AvocetException e = Nets.failure(() -> Nets.open(onnx).close());
    assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
    assertThat(e).hasMessageContaining("input \"odd\" is " + words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,4", "3", "1,3,1", "-1,3"})
  void shouldNameTheInputWhenTheShapeDoesNotFit(String dims) {
    Shape shape =
        Shape.of(java.util.Arrays.stream(dims.split(",")).mapToLong(Long::parseLong).toArray());
    try (Net net = Nets.open(Nets.affine(-1, 3));
        NetSlot slot = net.slot()) {
      AvocetException e = Nets.failure(() -> slot.input(0, shape));
      assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
      assertThat(e).hasMessageContaining("x FLOAT32[?,3]").hasMessageContaining("shape=" + shape);
    }
  }

  @Test
  void shouldRefuseToRunWhenAnInputIsMissing() {
    try (Net net = Nets.open(Nets.affine(2));
        NetSlot slot = net.slot()) {
      AvocetException e = Nets.failure(slot::run);
      assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
      assertThat(e).hasMessageContaining("x FLOAT32[2]").hasMessageContaining("tiny.onnx");
      assertThat(Nets.failure(() -> slot.output(0))).hasMessageContaining("y FLOAT32[2]");
      assertThat(Nets.failure(() -> slot.output(1)).status()).isEqualTo(Status.OUT_OF_RANGE);
      assertThat(Nets.failure(() -> slot.input(1, Shape.of(2))).status())
          .isEqualTo(Status.OUT_OF_RANGE);
    }
  }

  @Test
  void shouldGiveTheEnginesWordsWhenARunFails() {
    TinyOnnx onnx =
        new TinyOnnx()
            .input("a", TinyOnnx.FLOAT, -1)
            .input("b", TinyOnnx.FLOAT, -1)
            .node("Add", new String[] {"a", "b"}, "y")
            .output("y", TinyOnnx.FLOAT, -1);
    try (Net net = Nets.open(onnx);
        NetSlot slot = net.slot()) {
      slot.input(0, Shape.of(2));
      slot.input(1, Shape.of(3));
      AvocetException e = Nets.failure(slot::run);
      assertThat(e.status()).isEqualTo(Status.FAIL);
      assertThat(e).hasMessageContaining("tiny.onnx").hasMessageContaining("Add");
      assertThat(e.getMessage()).doesNotContain("/onnxruntime_src/").doesNotContain("/home/");
      fill(slot.input(1, Shape.of(2)), 1);
      fill(slot.input(0, Shape.of(2)), 1);
      slot.run();
      assertThat(slot.output(0).floats().get(1)).isEqualTo(4);
    }
  }

  @Test
  void shouldAnswerEquallyFromEightThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Net net = Nets.open(Nets.affine(-1, 33))) {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int seed = t;
        calls.add(
            () -> {
              try (NetSlot slot = net.slot()) {
                for (int i = 0; i < 300; i++) {
                  Tensor x = slot.input(0, Shape.of(1 + (i + seed) % 5, 33));
                  fill(x, seed * 1000f + i);
                  slot.run();
                  assertAffine(x, slot.output(0));
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
  void shouldSayClosedAfterClose() {
    long before = Memory.liveBytes();
    Net net = Nets.open(Nets.affine(2));
    NetSlot slot = net.slot();
    NetSlot other = net.slot();
    slot.input(0, Shape.of(2));
    other.input(0, Shape.of(2));
    slot.close();
    slot.close();
    assertThat(Nets.failure(slot::run).status()).isEqualTo(Status.CLOSED);
    net.close();
    net.close();
    assertThat(Nets.failure(net::slot).status()).isEqualTo(Status.CLOSED);
    assertThat(Nets.failure(other::run).status()).isEqualTo(Status.CLOSED);
    other.close();
    assertThat(Memory.liveBytes()).isEqualTo(before);
  }
}
