package dev.avocet.core;

import static dev.avocet.core.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.internal.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TensorTest {
  private long liveBefore;

  @BeforeEach
  void countMemory() {
    liveBefore = Memory.liveBytes();
  }

  @AfterEach
  void checkThatNothingIsLeft() {
    assertThat(Memory.liveBytes()).isEqualTo(liveBefore);
  }

  @Property(tries = 200)
  void shouldHoldEveryElementOfEverySlice(
      @ForAll @IntRange(min = 1, max = 5) int batch, @ForAll @IntRange(max = 17) int width) {
    try (Tensor tensor = Tensor.allocate(DataType.FLOAT32, Shape.of(batch, 3, width))) {
      for (int i = 0; i < batch * 3 * width; i++) {
        tensor.floats().put(i, i);
      }
      for (int n = 0; n < batch; n++) {
        try (Tensor slice = tensor.slice(n)) {
          assertThat(slice.shape()).isEqualTo(Shape.of(1, 3, width));
          assertThat(slice.address()).isEqualTo(tensor.address() + 12L * n * width);
          assertThat(slice.bytes().order()).isEqualTo(ByteOrder.nativeOrder());
          for (int i = 0; i < 3 * width; i++) {
            assertThat(slice.floats().get(i)).isEqualTo(n * 3 * width + i);
          }
        }
      }
      assertThat(tensor.byteSize()).isEqualTo(12L * batch * width);
    }
  }

  @Test
  void shouldStayOpenWhenASliceIsClosed() {
    try (Tensor tensor = Tensor.of(Shape.of(1, 2), 3, 4)) {
      tensor.slice(0).close();
      assertThat(tensor.floats().get(1)).isEqualTo(4);
    }
  }

  @Test
  void shouldSayThatItIsClosedWhenUsedAfterwards() {
    Tensor tensor = Tensor.allocate(DataType.INT64, Shape.of(2, 2));
    Tensor slice = tensor.slice(1);
    Tensor second = slice.slice(0);
    tensor.close();
    tensor.close();
    for (Tensor closed : new Tensor[] {tensor, slice, second}) {
      assertFails(Status.CLOSED, closed::longs).contains("INT64").contains("is closed");
      assertFails(Status.CLOSED, closed::bytes).contains("is closed");
      assertFails(Status.CLOSED, closed::address).contains("is closed");
      assertFails(Status.CLOSED, () -> closed.slice(0)).contains("is closed");
    }
    assertThat(tensor).hasToString("Tensor INT64[2,2]");
  }

  @Test
  void shouldGiveTheElementsOfItsTypeOnly() {
    try (Tensor ints = Tensor.allocate(DataType.INT32, Shape.of(2));
        Tensor longs = Tensor.allocate(DataType.INT64, Shape.of(2))) {
      ints.ints().put(1, Integer.MIN_VALUE);
      assertThat(ints.bytes().getInt(4)).isEqualTo(Integer.MIN_VALUE);
      longs.longs().put(1, Long.MIN_VALUE);
      assertThat(longs.bytes().getLong(8)).isEqualTo(Long.MIN_VALUE);
      assertFails(Status.INVALID_ARG, ints::floats).isEqualTo("tensor is INT32[2], not FLOAT32");
      assertFails(Status.INVALID_ARG, ints::longs).contains("not INT64");
      assertFails(Status.INVALID_ARG, longs::ints).contains("not INT32");
    }
  }

  @Test
  void shouldShareTheMemoryThatItWraps() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder()).position(4);
    try (Tensor tensor = Tensor.wrap(buffer, DataType.FLOAT32, Shape.of(3));
        Tensor again = Tensor.wrap(tensor.address(), DataType.FLOAT32, Shape.of(3))) {
      tensor.floats().put(2, 5f);
      assertThat(buffer.getFloat(12)).isEqualTo(5f);
      assertThat(again.floats().get(2)).isEqualTo(5f);
      assertThat(tensor).hasToString("Tensor FLOAT32[3] (borrowed)");
    }
    assertThat(buffer.getFloat(12)).isEqualTo(5f);
  }

  @Test
  void shouldRefuseWhatItCannotHold() {
    assertFails(Status.OUT_OF_RANGE, () -> Tensor.allocate(DataType.INT64, Shape.of(1 << 28)))
        .contains("shape=[268435456]")
        .contains("above 2 GiB");
    assertFails(
            Status.OUT_OF_RANGE,
            () -> Tensor.allocate(DataType.UINT8, Shape.of(Long.MAX_VALUE, Long.MAX_VALUE)))
        .contains("is too large");
    assertFails(Status.INVALID_ARG, () -> Tensor.allocate(DataType.UINT8, Shape.of(-1)))
        .contains("unknown extent");
    assertFails(Status.INVALID_ARG, () -> Tensor.of(Shape.of(2), 1f))
        .isEqualTo("shape=[2] has 2 elements, values=1");
    ByteBuffer direct = ByteBuffer.allocateDirect(8).position(1);
    assertFails(Status.INVALID_ARG, () -> Tensor.wrap(direct, DataType.FLOAT32, Shape.of(2)))
        .isEqualTo("buffer holds 7 bytes, FLOAT32[2] needs 8");
    assertFails(
            Status.INVALID_ARG,
            () -> Tensor.wrap(ByteBuffer.allocate(8), DataType.FLOAT32, Shape.of(2)))
        .contains("direct");
    assertFails(Status.INVALID_ARG, () -> Tensor.wrap(0, DataType.FLOAT32, Shape.of(2)))
        .contains("address=0");
  }

  @Test
  void shouldRefuseSlicesThatDoNotExist() {
    try (Tensor tensor = Tensor.of(Shape.of(2), 1, 2);
        Tensor scalar = Tensor.of(Shape.of(), 1)) {
      assertFails(Status.OUT_OF_RANGE, () -> tensor.slice(2))
          .isEqualTo("index=2 is outside of shape=[2]");
      assertFails(Status.OUT_OF_RANGE, () -> tensor.slice(-1)).contains("index=-1");
      assertFails(Status.OUT_OF_RANGE, () -> scalar.slice(0)).contains("shape=[]");
    }
  }

  @Test
  void shouldHoldNothingWhenAnExtentIsZero() {
    try (Tensor tensor = Tensor.allocate(DataType.FLOAT32, Shape.of(2, 0))) {
      assertThat(tensor.floats().remaining()).isZero();
      assertThat(tensor.slice(1).byteSize()).isZero();
      assertThat(tensor.address()).isNotZero();
    }
  }
}
