package dev.avocet.net.tensorrt;

import static org.bytedeco.cuda.global.cudart.cuMemAlloc;
import static org.bytedeco.cuda.global.cudart.cuMemFree;

/**
 * Memory of the GPU that grows when more is asked for and never shrinks. In an entered context; one
 * thread at a time.
 */
final class DeviceBuffer implements AutoCloseable {
  private final long[] address = new long[1];
  private long capacity;

  /**
   * Its address, with room for so many bytes; what was in it is lost where it has to grow. The
   * caller makes sure that nothing on the GPU still uses it.
   *
   * @throws dev.avocet.core.AvocetException OUT_OF_MEMORY
   */
  long reserve(long bytes) {
    long wanted = Math.max(1, bytes);
    if (wanted > capacity) {
      close();
      Cuda.check(cuMemAlloc(address, wanted), "reserving %d bytes on the GPU".formatted(wanted));
      capacity = wanted;
    }
    return address[0];
  }

  /** Its address, 0 before the first {@link #reserve}. */
  long address() {
    return address[0];
  }

  long capacity() {
    return capacity;
  }

  @Override
  public void close() {
    if (capacity != 0) {
      long freed = address[0];
      capacity = 0;
      address[0] = 0;
      Cuda.checkFreed(cuMemFree(freed), "freeing memory of the GPU");
    }
  }
}
