package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.net.tensorrt.HostDriver.Kind;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.Test;

@HostCuda
class CudaMemoryTest {
  private static final int BYTES = 1000;

  /** Up and down through a buffer of the GPU; what comes back has to be what went. */
  private static void roundTrip(CudaStream stream, byte seed) {
    try (PinnedBuffer from = new PinnedBuffer(false);
        PinnedBuffer to = new PinnedBuffer(true);
        DeviceBuffer device = new DeviceBuffer()) {
      BytePointer source = new BytePointer(from.reserve(BYTES));
      BytePointer target = new BytePointer(to.reserve(BYTES));
      for (int i = 0; i < BYTES; i++) {
        source.put(i, (byte) (seed + 7 * i));
      }
      stream.upload(source, device.reserve(BYTES), BYTES);
      stream.download(device.address(), target, BYTES);
      stream.synchronize();
      for (int i = 0; i < BYTES; i++) {
        assertThat(target.get(i)).isEqualTo((byte) (seed + 7 * i));
      }
    }
  }

  private static void openAndRoundTrip() {
    try (CudaContext context = new CudaContext(CudaDevice.at(0))) {
      context.enter();
      try (CudaStream stream = new CudaStream()) {
        roundTrip(stream, (byte) 3);
      } finally {
        context.leave();
      }
    }
  }

  @Test
  void shouldBringBackWhatWasCopied() {
    openAndRoundTrip();
  }

  @Test
  void shouldLeakNothingWhenAnyCallRunsOutOfMemory() {
    assertThat(HostDriver.failEachCall(CudaMemoryTest::openAndRoundTrip)).isGreaterThan(8);
  }

  @Test
  void shouldNotGrowInThousandRounds() {
    try (CudaContext context = new CudaContext(CudaDevice.at(0))) {
      context.enter();
      try (CudaStream stream = new CudaStream()) {
        for (int i = 0; i < 1000; i++) {
          roundTrip(stream, (byte) i);
          assertThat(HostDriver.live(Kind.DEVICE) + HostDriver.live(Kind.HOST)).isZero();
        }
      } finally {
        context.leave();
      }
    }
  }

  @Test
  void shouldKeepAnAddressUntilMoreIsAskedFor() {
    try (CudaContext context = new CudaContext(CudaDevice.at(0))) {
      context.enter();
      try (DeviceBuffer device = new DeviceBuffer();
          PinnedBuffer pinned = new PinnedBuffer(true)) {
        assertThat(device.address()).isZero();
        long address = device.reserve(100);
        assertThat(address % 256).isZero();
        assertThat(device.reserve(50)).isEqualTo(address);
        assertThat(device.capacity()).isEqualTo(100);
        device.reserve(101);
        assertThat(HostDriver.live(Kind.DEVICE)).isOne();
        assertThat(pinned.reserve(0).address() % 64).isZero();
        assertThat(pinned.deviceAddress()).isEqualTo(pinned.address());
        pinned.reserve(5000);
        assertThat(HostDriver.live(Kind.HOST)).isOne();
      } finally {
        context.leave();
      }
    }
  }

  @Test
  void shouldSayHowMuchWasAskedForWhenThereIsTooLittle() {
    try (CudaContext context = new CudaContext(CudaDevice.at(0))) {
      context.enter();
      try (DeviceBuffer device = new DeviceBuffer()) {
        device.reserve(10);
        assertThatThrownBy(() -> device.reserve(1L << 40))
            .isInstanceOfSatisfying(
                AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.OUT_OF_MEMORY))
            .hasMessage(
                "CUDA: reserving 1099511627776 bytes on the GPU failed:"
                    + " CUDA_ERROR_OUT_OF_MEMORY, out of memory");
        assertThat(device.address()).isZero();
        assertThat(device.reserve(10)).isNotZero();
      } finally {
        context.leave();
      }
    }
  }

  @Test
  void shouldRefuseWhereNoContextIsEntered() {
    try (DeviceBuffer device = new DeviceBuffer()) {
      assertThatThrownBy(() -> device.reserve(10))
          .isInstanceOfSatisfying(
              AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.FAIL))
          .hasMessageContaining("CUDA_ERROR_INVALID_CONTEXT");
    }
  }
}
