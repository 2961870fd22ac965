package dev.avocet.net.tensorrt;

import dev.avocet.core.internal.Memory;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.Pointer;

/**
 * Pinned memory of the host that is filled from front to back, and is copied to the GPU meanwhile,
 * or is read by it where it lies. In an entered context; one thread at a time.
 */
final class PassStaging implements AutoCloseable {
  /** Bytes that are worth a copy of their own while the next are gathered. */
  private static final long PIECE = 1 << 20;

  private final CudaStream stream;
  private final boolean mapped;
  private final PinnedBuffer pinned;
  private final DeviceBuffer device = new DeviceBuffer();
  private final CudaAddress from = new CudaAddress();
  private final CudaAddress to = new CudaAddress();
  private ByteBuffer front = ByteBuffer.allocate(0);
  private long uploaded;

  /**
   * Without memory yet.
   *
   * @param mapped whether the GPU reads it where it lies
   */
  PassStaging(CudaStream stream, boolean mapped) {
    this.stream = stream;
    this.mapped = mapped;
    this.pinned = new PinnedBuffer(mapped);
  }

  /**
   * Makes room. The GPU uses nothing of it.
   *
   * @return whether it is other memory now, with nothing in it
   */
  boolean reserve(long bytes) {
    boolean grows = bytes > pinned.capacity() || (!mapped && bytes > device.capacity());
    if (grows) {
      // Sizes that grow little by little are not to pin memory each time.
      long wanted = bytes + bytes / 4;
      front = ByteBuffer.allocate(0);
      pinned.reserve(wanted);
      if (!mapped) {
        device.reserve(wanted);
      }
      front = Memory.view(pinned.address(), Math.min(Integer.MAX_VALUE, wanted));
    }
    uploaded = 0;
    return grows;
  }

  /** Its first bytes, to be written. */
  ByteBuffer front() {
    return front;
  }

  /** The GPU's address. */
  long address() {
    return mapped ? pinned.deviceAddress() : device.address();
  }

  /** Copies rows of the host's memory; all before the offset has been written. */
  void copy(long source, int sourceStride, long offset, int stride, int rowBytes, int rows) {
    int atOnce = (int) (PIECE / stride) + 1;
    for (int row = 0; row < rows; row += atOnce) {
      int count = Math.min(atOnce, rows - row);
      long first = source + (long) row * sourceStride;
      long place = offset + (long) row * stride;
      if (stride == sourceStride) {
        copy(first, place, (long) stride * (count - 1) + rowBytes);
      } else {
        for (int i = 0; i < count; i++) {
          copy(first + (long) i * sourceStride, place + (long) i * stride, rowBytes);
        }
      }
      upload(place + (long) stride * (count - 1) + rowBytes, PIECE);
    }
  }

  private void copy(long source, long offset, long bytes) {
    Pointer.memcpy(to.at(pinned.address() + offset), from.at(source), bytes);
  }

  /** Has everything copied that has been written. */
  void upload(long end) {
    upload(end, 1);
  }

  private void upload(long end, long least) {
    if (!mapped && end - uploaded >= least) {
      from.at(pinned.address() + uploaded);
      stream.upload(from, device.address() + uploaded, end - uploaded);
      uploaded = end;
    }
  }

  @Override
  public void close() {
    front = ByteBuffer.allocate(0);
    Closing.all(device, pinned, from, to);
  }
}
