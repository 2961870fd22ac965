package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.TensorInfo;
import dev.avocet.net.tensorrt.HostDriver.Kind;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IOutputAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The memory of inputs and outputs, on the host-only driver. */
@HostCuda
class TrtPortsMemoryTest {
  private final TrtPort port = port(false);
  private CudaContext context;
  private CudaStream stream;

  private static TrtPort port(boolean host) {
    TensorInfo info = new TensorInfo("x", DataType.FLOAT32, Shape.of(-1, 4));
    return new TrtPort(new BytePointer("x"), info, host);
  }

  @BeforeEach
  void open() {
    context = new CudaContext(CudaDevice.at(0));
    context.enter();
    stream = new CudaStream();
  }

  @AfterEach
  void close() {
    stream.synchronize();
    stream.close();
    context.leave();
    context.close();
  }

  private float[] onDevice(long address, int count) {
    try (PinnedBuffer back = new PinnedBuffer(false)) {
      Pointer memory = back.reserve(4L * count);
      stream.download(address, memory, 4L * count);
      stream.synchronize();
      float[] values = new float[count];
      Tensor.wrap(memory.address(), DataType.FLOAT32, Shape.of(count)).floats().get(values);
      return values;
    }
  }

  @Test
  void shouldBringWhatIsWrittenToTheGpu() {
    try (TrtInput input = new TrtInput(port, false)) {
      assertThat(input.shape()).isNull();
      Tensor tensor = input.reshape(Shape.of(1, 4));
      assertThat(tensor.address() % 64).isZero();
      tensor.floats().put(new float[] {1, 2, 3, 4});
      long address = input.address(false);
      input.upload(stream, false);
      assertThat(onDevice(address, 4)).containsExactly(1, 2, 3, 4);
      assertThat(input.address(false)).isEqualTo(address);
      Tensor larger = input.reshape(Shape.of(300, 4));
      assertThat(larger.floats().get(3)).as("what was written stays").isEqualTo(4);
      assertThatThrownBy(tensor::bytes)
          .isInstanceOfSatisfying(
              AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.CLOSED));
      long place = larger.address();
      assertThat(input.reshape(Shape.of(1, 4)).address()).isEqualTo(place);
      assertThat(HostDriver.live(Kind.HOST)).isOne();
    }
  }

  @Test
  void shouldCopyNothingWhenMapped() {
    try (TrtInput input = new TrtInput(port, true);
        TrtOutput output = new TrtOutput(port, true)) {
      Tensor tensor = input.reshape(Shape.of(1, 4));
      assertThat(input.address(true)).isEqualTo(tensor.address());
      input.upload(stream, true);
      long address = output.address(Shape.of(1, 4), true);
      output.download(stream);
      output.answer();
      assertThat(output.tensor().address()).isEqualTo(address);
      assertThat(HostDriver.live(Kind.DEVICE)).isZero();
    }
  }

  @Test
  void shouldReadAHostInputWhereItLies() {
    try (TrtInput input = new TrtInput(port(true), false)) {
      Tensor tensor = input.reshape(Shape.of(1, 4));
      assertThat(input.address(false)).isEqualTo(tensor.address());
      input.upload(stream, false);
      assertThat(HostDriver.live(Kind.DEVICE)).isZero();
    }
  }

  @Test
  void shouldReadWhatIsDrawnUntilTheTensorIsAskedForAgain() {
    try (TrtInput input = new TrtInput(port, true)) {
      long target = input.room(Shape.of(2, 4));
      assertThat(input.shape()).isNull();
      input.draw(Shape.of(2, 4));
      assertThat(input.shape()).isEqualTo(Shape.of(2, 4));
      assertThat(input.address(true)).isEqualTo(target);
      input.upload(stream, false);
      input.undraw();
      assertThat(input.shape()).isNull();
      Tensor tensor = input.reshape(Shape.of(1, 4));
      assertThat(input.address(true)).isEqualTo(tensor.address());
    }
  }

  @Test
  void shouldAnswerWhatIsOnTheGpuAndKeepTheTensor() {
    try (TrtInput input = new TrtInput(port, false);
        TrtOutput output = new TrtOutput(port, false)) {
      Tensor before = null;
      for (int round = 1; round < 4; round++) {
        input.reshape(Shape.of(1, 4)).floats().put(new float[] {round, 2, 3, 4});
        // What TensorRT would write is put there by a copy.
        long address = output.address(Shape.of(1, 4), false);
        stream.upload(new CudaAddress().at(input.tensor().address()), address, 16);
        output.download(stream);
        stream.synchronize();
        output.answer();
        assertThat(output.tensor().floats().get(0)).isEqualTo(round);
        if (before != null) {
          assertThat(output.tensor()).isSameAs(before);
        }
        before = output.tensor();
      }
    }
  }

  @Test
  void shouldGiveRoomToWhatOnlyTheRunTells() {
    try (TrtOutput output = new TrtOutput(port, false);
        Dims64 dims = new Dims64()) {
      for (int rows : new int[] {3, 0, 200, 2}) {
        IOutputAllocator allocator = output.allocator(false);
        Pointer room =
            allocator.reallocateOutputAsync("x", null, Math.max(1, rows * 16L), 256, null);
        assertThat(room.address() % 256).isZero();
        allocator.notifyShape("x", dims.nbDims(2).d(0, rows).d(1, 4));
        output.rethrow();
        output.download(stream);
        stream.synchronize();
        output.answer();
        assertThat(output.tensor().shape()).isEqualTo(Shape.of(rows, 4));
      }
      assertThat(HostDriver.live(Kind.DEVICE)).isOne();
    }
  }

  @Test
  void shouldRefuseARunThatDoesNotTellTheShape() {
    try (TrtOutput output = new TrtOutput(port, false)) {
      output.allocator(false);
      assertThatThrownBy(() -> output.download(stream))
          .isInstanceOfSatisfying(
              AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.FAIL))
          .hasMessage("TensorRT did not tell the shape of output x FLOAT32[?,4]");
    }
  }

  @Test
  void shouldSayThatMemoryRanOutWhileTensorRtAskedForIt() {
    try (TrtOutput output = new TrtOutput(port, false)) {
      IOutputAllocator allocator = output.allocator(false);
      HostDriver.failCall(1);
      Pointer room = allocator.reallocateOutputAsync("x", null, 100, 256, null);
      assertThat(room == null || room.isNull()).isTrue();
      assertThatThrownBy(output::rethrow)
          .isInstanceOfSatisfying(
              AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.OUT_OF_MEMORY))
          .hasMessageContaining("reserving 100 bytes on the GPU");
      output.rethrow();
    }
  }

  @Test
  void shouldLeakNothingWhenAnyCallRunsOutOfMemory() {
    int failures = 0;
    for (int n = 1; ; n++) {
      HostDriver.failCall(n);
      try (TrtInput input = new TrtInput(port, true);
          TrtOutput output = new TrtOutput(port, true)) {
        input.reshape(Shape.of(1, 4));
        input.reshape(Shape.of(100, 4));
        input.address(false);
        input.upload(stream, false);
        output.address(Shape.of(100, 4), false);
        output.download(stream);
        stream.synchronize();
        output.answer();
        break;
      } catch (AvocetException e) {
        assertThat(e.status()).isEqualTo(Status.OUT_OF_MEMORY);
        failures++;
      } finally {
        HostDriver.failCall(0);
      }
      assertThat(HostDriver.live(Kind.DEVICE) + HostDriver.live(Kind.HOST)).isZero();
    }
    assertThat(failures).isGreaterThanOrEqualTo(10);
  }
}
