package dev.avocet.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Device;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetProvider;
import dev.avocet.core.net.NetSlot;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every engine does with networks that it has opened: their shapes and types. A test of an
 * engine's module extends it.
 */
public abstract class EngineContract extends Contract {
  /** For this engine on the processor. */
  protected EngineContract(NetProvider provider) {
    this(provider, Device.CPU);
  }

  /** For this engine. */
  protected EngineContract(NetProvider provider, Device device) {
    super(provider, device);
  }

  @Test
  void shouldDescribeInputsAndOutputs() {
    try (Net net = open(TinyNets.affine(-1, 3, -1))) {
      assertThat(net.inputs()).hasToString("[x FLOAT32[?,3,?]]");
      assertThat(net.outputs()).hasToString("[y FLOAT32[?,3,?]]");
      assertThat(net.description())
          .containsIgnoringCase(device.name())
          .contains(provider.version());
    }
  }

  @Test
  void shouldBindStaticShapesOnceWhenRunTwice() {
    try (Net net = open(TinyNets.affine(1, 3));
        NetSlot slot = net.slot()) {
      Tensor x = slot.input(0, Shape.of(1, 3));
      assertThat(x.address() % 64).isZero();
      TinyNets.fill(x, 1);
      slot.run();
      Tensor y = slot.output(0);
      TinyNets.assertAffine(x, y);
      TinyNets.fill(x, 100);
      slot.run();
      assertThat(slot.output(0)).isSameAs(y);
      TinyNets.assertAffine(x, y);
    }
  }

  @Test
  void shouldFollowShapesBackAndForth() {
    try (Net net = open(TinyNets.affine(-1, -1));
        NetSlot slot = net.slot()) {
      long[][] shapes = {{2, 3}, {7, 5}, {1, 1}, {7, 5}, {40, 50}, {2, 3}};
      for (int round = 0; round < 3; round++) {
        for (long[] dims : shapes) {
          Tensor x = slot.input(0, Shape.of(dims));
          TinyNets.fill(x, round);
          assertThat(slot.input(0, Shape.of(dims))).isSameAs(x);
          slot.run();
          TinyNets.assertAffine(x, slot.output(0));
          Tensor y = slot.output(0);
          slot.run();
          assertThat(slot.output(0)).isSameAs(y);
          TinyNets.assertAffine(x, y);
        }
      }
    }
  }

  @Test
  void shouldKeepWhatWasWrittenWhenTheShapeGrows() {
    try (Net net = open(TinyNets.affine(-1));
        NetSlot slot = net.slot()) {
      TinyNets.fill(slot.input(0, Shape.of(3)), 5);
      Tensor larger = slot.input(0, Shape.of(300));
      assertThat(larger.floats().get(2)).isEqualTo(7);
      assertThat(slot.input(0, Shape.of(2)).floats().get(1)).isEqualTo(6);
    }
  }

  @Test
  void shouldAnswerNothingWhenThereIsNothing() {
    try (Net net = open(TinyNets.nonZero(-1));
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
  void shouldAnswerAnOutputThatNeverHasElements() {
    TinyOnnx onnx =
        new TinyOnnx()
            .input("x", TinyOnnx.FLOAT, 1, 3, 5)
            .longs("zero", new long[] {1}, 0)
            .longs("one", new long[] {1}, 1)
            .node("Slice", new String[] {"x", "zero", "zero", "one"}, "dets")
            .output("dets", TinyOnnx.FLOAT, 1, 0, 5);
    try (Net net = open(onnx);
        NetSlot slot = net.slot()) {
      slot.input(0, Shape.of(1, 3, 5));
      slot.run();
      assertThat(slot.output(0).shape()).isEqualTo(Shape.of(1, 0, 5));
      assertThat(slot.output(0).byteSize()).isZero();
    }
  }

  /** OpenVINO compiles for no extent of 0; what matters is that the slot goes on. */
  @Test
  void shouldAnswerOrRefuseAnInputOfNoElements() {
    try (Net net = open(TinyNets.affine(-1, -1));
        NetSlot slot = net.slot()) {
      try {
        slot.input(0, Shape.of(0, 4));
        slot.run();
        assertThat(slot.output(0).shape()).isEqualTo(Shape.of(0, 4));
      } catch (AvocetException e) {
        assertThat(e.status()).isIn(Status.INVALID_ARG, Status.FAIL);
        assertThat(e).hasMessageContaining("[0,4]");
      }
      Tensor x = slot.input(0, Shape.of(2, 3));
      TinyNets.fill(x, 1);
      slot.run();
      TinyNets.assertAffine(x, slot.output(0));
    }
  }

  @Test
  void shouldAnswerWhatComesOutWhenTheFileIsWrongAboutTheShape() {
    TinyOnnx onnx =
        new TinyOnnx()
            .input("x", TinyOnnx.FLOAT, 4)
            .node("NonZero", new String[] {"x"}, "y")
            .output("y", TinyOnnx.INT64, 1, 4);
    try (Net net = open(onnx);
        NetSlot slot = net.slot()) {
      Tensor x = slot.input(0, Shape.of(4));
      TinyNets.fill(x, 1);
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
    assumeTrue(carries(type), () -> "this engine takes no " + type + " through");
    for (long extent : new long[] {4, -1}) {
      TinyOnnx onnx =
          new TinyOnnx()
              .input("x", code, extent)
              .node("Identity", new String[] {"x"}, "y")
              .output("y", code, extent);
      try (Net net = open(onnx);
          NetSlot slot = net.slot()) {
        assertThat(net.inputs().get(0).type()).isEqualTo(type);
        Tensor x = slot.input(0, Shape.of(4));
        for (int i = 0; i < x.byteSize(); i++) {
          // Whole numbers of 64 bits stay within 32, in which OpenVINO computes them.
          x.bytes().put(i, (byte) (type == DataType.INT64 && i % 8 > 3 ? 0 : i & 1));
        }
        slot.run();
        assertThat(slot.output(0).type()).isEqualTo(type);
        assertThat(slot.output(0).bytes()).isEqualTo(x.bytes());
      }
    }
  }

  /** Whether a network may do nothing but hand on values of this type: yes. */
  protected boolean carries(DataType type) {
    return true;
  }

  /** Whether the engine's reader of files tells a type that is not ours: yes. */
  protected boolean namesOtherTypes() {
    return true;
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 8, 5})
  void shouldRefuseDoublesTextsAndShorts(int code) {
    TinyOnnx onnx =
        new TinyOnnx()
            .input("x", TinyOnnx.FLOAT, 2)
            .input("odd", code, 2)
            .node("Identity", new String[] {"x"}, "y")
            .node("Identity", new String[] {"odd"}, "z")
            .output("y", TinyOnnx.FLOAT, 2)
            .output("z", code, 2);
    AvocetException e = TinyNets.failure(() -> open(onnx).close());
    assertThat(e).hasMessageContaining("tiny.onnx");
    if (namesOtherTypes()) {
      assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
      assertThat(e).hasMessageContaining("input \"odd\" is ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,4", "3", "1,3,1", "-1,3"})
  void shouldNameTheInputWhenTheShapeDoesNotFit(String dims) {
    Shape shape = Shape.of(Arrays.stream(dims.split(",")).mapToLong(Long::parseLong).toArray());
    try (Net net = open(TinyNets.affine(-1, 3));
        NetSlot slot = net.slot()) {
      AvocetException e = TinyNets.failure(() -> slot.input(0, shape));
      assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
      assertThat(e).hasMessageContaining("x FLOAT32[?,3]").hasMessageContaining("shape=" + shape);
    }
  }
}
