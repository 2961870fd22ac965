package dev.avocet.net.tensorrt;

import static org.bytedeco.cuda.global.cudart.CU_MEMHOSTALLOC_DEVICEMAP;
import static org.bytedeco.cuda.global.cudart.cuMemFreeHost;
import static org.bytedeco.cuda.global.cudart.cuMemHostAlloc;
import static org.bytedeco.cuda.global.cudart.cuMemHostGetDevicePointer;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Pinned memory of the host, which the GPU copies from and to by itself, or uses where it lies. It
 * grows when more is asked for and never shrinks. In an entered context; one thread at a time.
 */
final class PinnedBuffer implements AutoCloseable {
  private final boolean mapped;
  private final long[] device = new long[1];
  private Pointer memory = new Pointer();
  private long capacity;

  /**
   * An empty one.
   *
   * @param mapped whether the GPU is to see it where it lies
   */
  PinnedBuffer(boolean mapped) {
    this.mapped = mapped;
  }

  /**
   * Its address for the host, with room for so many bytes; what was in it is lost where it has to
   * grow.
   *
   * @throws dev.avocet.core.AvocetException OUT_OF_MEMORY
   */
  Pointer reserve(long bytes) {
    long wanted = Math.max(1, bytes);
    if (wanted > capacity) {
      close();
      allocate(wanted);
    }
    return memory;
  }

  private void allocate(long bytes) {
    try (PointerPointer<Pointer> place = new PointerPointer<>(1)) {
      Cuda.check(
          cuMemHostAlloc(place, bytes, mapped ? CU_MEMHOSTALLOC_DEVICEMAP : 0),
          "pinning %d bytes".formatted(bytes));
      memory = place.get(Pointer.class, 0);
    }
    capacity = bytes;
    if (mapped) {
      try {
        Cuda.check(cuMemHostGetDevicePointer(device, memory, 0), "mapping memory of the host");
      } catch (RuntimeException e) {
        close();
        throw e;
      }
    }
  }

  /** Its address for the host, 0 before the first {@link #reserve}. */
  long address() {
    return memory.address();
  }

  /** Its address for the GPU, where it is mapped and there is any. */
  long deviceAddress() {
    return device[0];
  }

  long capacity() {
    return capacity;
  }

  @Override
  public void close() {
    if (capacity != 0) {
      Pointer freed = memory;
      capacity = 0;
      memory = new Pointer();
      device[0] = 0;
      Cuda.checkFreed(cuMemFreeHost(freed), "freeing pinned memory");
    }
  }
}
