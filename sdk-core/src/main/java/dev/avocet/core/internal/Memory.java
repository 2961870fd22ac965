package dev.avocet.core.internal;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A block of off-heap memory, aligned to 64 bytes, that its holder closes. Thread safe. A block
 * that becomes unreachable before it is closed is freed late and reported in the log as a leak.
 */
public final class Memory implements AutoCloseable {
  /** Alignment of every block: a cache line, and the widest vector register. */
  public static final int ALIGNMENT = 64;

  private static final Logger LOG = LoggerFactory.getLogger(Memory.class);
  private static final Cleaner CLEANER = Cleaner.create();
  private static final AtomicLong LIVE = new AtomicLong();
  private static final ByteBuffer EMPTY =
      ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder());

  static {
    Natives.prepare();
  }

  /** An address as JavaCPP wants it. */
  private static final class Address extends Pointer {
    Address(long address) {
      this.address = address;
    }
  }

  /** What the cleaner may hold: everything but the block itself. */
  private static final class Release implements Runnable {
    final Pointer raw;
    final long bytes;
    final AtomicBoolean released = new AtomicBoolean();
    volatile boolean byClose;

    Release(Pointer raw, long bytes) {
      this.raw = raw;
      this.bytes = bytes;
    }

    @Override
    public void run() {
      if (released.compareAndSet(false, true)) {
        Pointer.free(raw);
        LIVE.addAndGet(-bytes);
        if (!byClose) {
          LOG.warn(
              "{} bytes of native memory were never closed: use try-with-resources around the Image"
                  + " or Tensor",
              bytes);
        }
      }
    }
  }

  private final long address;
  private final long bytes;
  private final Release release;
  private final Cleaner.Cleanable cleanable;

  private Memory(Pointer raw, long bytes) {
    long start = raw.address();
    this.address = (start + ALIGNMENT - 1) & -ALIGNMENT;
    this.bytes = bytes;
    this.release = new Release(raw, bytes);
    this.cleanable = CLEANER.register(this, release);
  }

  /**
   * Takes {@code bytes} bytes, not cleared.
   *
   * @throws AvocetException OUT_OF_MEMORY where there are none, OUT_OF_RANGE where {@code bytes} is
   *     negative or beyond what a pointer can count
   */
  public static Memory allocate(long bytes) {
    if (bytes < 0 || bytes > Long.MAX_VALUE - ALIGNMENT) {
      throw new AvocetException(
          Status.OUT_OF_RANGE, "bytes=" + bytes + " is not a size of a memory block");
    }
    Pointer raw = Pointer.malloc(bytes + ALIGNMENT);
    if (raw == null || raw.isNull()) {
      throw new AvocetException(
          Status.OUT_OF_MEMORY, "bytes=" + bytes + " of native memory could not be allocated");
    }
    LIVE.addAndGet(bytes);
    return new Memory(raw, bytes);
  }

  /**
   * A view of memory that somebody else owns, in native byte order; the view keeps nothing alive.
   *
   * @throws AvocetException OUT_OF_RANGE where a buffer cannot have this size
   */
  public static ByteBuffer view(long address, long bytes) {
    if (bytes < 0 || bytes > Integer.MAX_VALUE) {
      throw new AvocetException(
          Status.OUT_OF_RANGE, "bytes=" + bytes + ": a buffer holds 0 to 2147483647");
    }
    if (bytes == 0) {
      // JavaCPP takes a size of 0 for "one element".
      return EMPTY.duplicate().order(ByteOrder.nativeOrder());
    }
    BytePointer pointer = new BytePointer(new Address(address)).capacity(bytes).limit(bytes);
    return pointer.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /**
   * The address of a direct buffer's current position.
   *
   * @throws AvocetException INVALID_ARG where the buffer is on the heap
   */
  public static long address(ByteBuffer direct) {
    if (!direct.isDirect()) {
      throw AvocetException.invalidArgument("the buffer is on the heap: use a direct ByteBuffer");
    }
    // JavaCPP keeps the address of the buffer's first byte and its position apart.
    Pointer pointer = new Pointer(direct);
    return pointer.address() + pointer.position();
  }

  /** Bytes of all blocks that are not closed yet, in this process. */
  public static long liveBytes() {
    return LIVE.get();
  }

  /** Address of the first byte, a multiple of {@link #ALIGNMENT}. */
  public long address() {
    return address;
  }

  /** Size of the block. */
  public long bytes() {
    return bytes;
  }

  /** Whether {@link #close} has been called. */
  public boolean isClosed() {
    return release.released.get();
  }

  /** Frees the block; later calls do nothing. Views of it must not be used any more. */
  @Override
  public void close() {
    release.byClose = true;
    cleanable.clean();
  }
}
