package dev.avocet.core;

import dev.avocet.core.internal.Memory;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Objects;

/**
 * A dense array outside the Java heap, row major, in native byte order.
 *
 * <pre>{@code
 * try (Tensor t = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 3, 224, 224))) {
 *   t.floats().put(0, 1f);
 * }
 * }</pre>
 *
 * <p>Whoever allocates closes. A tensor that was wrapped around somebody's memory, or sliced, owns
 * nothing: closing it ends its own use only, and closing the owner ends the use of its slices. The
 * memory is shared without locks; concurrent writers have to agree among themselves. Buffers taken
 * from a tensor must not be used after the owner is closed or has been forgotten.
 */
public final class Tensor implements AutoCloseable {
  private final DataType type;
  private final Shape shape;
  private final long address;
  private final ByteBuffer bytes;
  private final boolean owner;

  /** The {@link Memory} or buffer that {@code bytes} views, or null where nobody here knows it. */
  private final Object keepAlive;

  private volatile boolean closed;

  private Tensor(
      DataType type, Shape shape, long address, ByteBuffer bytes, boolean owner, Object keepAlive) {
    this.type = Objects.requireNonNull(type);
    this.shape = Objects.requireNonNull(shape);
    this.address = address;
    this.bytes = bytes;
    this.owner = owner;
    this.keepAlive = keepAlive;
  }

  /**
   * A new tensor, aligned to 64 bytes, its content undefined. The caller closes it.
   *
   * @throws AvocetException OUT_OF_MEMORY, or OUT_OF_RANGE above 2 GiB
   */
  public static Tensor allocate(DataType type, Shape shape) {
    long size = byteSize(type, shape);
    Memory memory = Memory.allocate(size);
    try {
      long address = memory.address();
      return new Tensor(type, shape, address, Memory.view(address, size), true, memory);
    } catch (RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  /**
   * A new FLOAT32 tensor that holds {@code values}; the caller closes it.
   *
   * @throws AvocetException INVALID_ARG where the shape has another number of elements
   */
  public static Tensor of(Shape shape, float... values) {
    if (shape.elements() != values.length) {
      throw AvocetException.invalidArgument(
          "shape=" + shape + " has " + shape.elements() + " elements, values=" + values.length);
    }
    Tensor tensor = allocate(DataType.FLOAT32, shape);
    tensor.floats().put(values);
    return tensor;
  }

  /**
   * A view of a direct buffer from its position on; no copy. The tensor keeps the buffer alive.
   *
   * @throws AvocetException INVALID_ARG where the buffer is on the heap or too short
   */
  public static Tensor wrap(ByteBuffer buffer, DataType type, Shape shape) {
    long need = byteSize(type, shape);
    long address = Memory.address(buffer);
    if (buffer.remaining() < need) {
      throw AvocetException.invalidArgument(
          "buffer holds " + buffer.remaining() + " bytes, " + type + shape + " needs " + need);
    }
    return new Tensor(type, shape, address, Memory.view(address, need), false, buffer);
  }

  /** A view of memory at {@code address}, which has to stay valid while the tensor is used. */
  public static Tensor wrap(long address, DataType type, Shape shape) {
    if (address == 0) {
      throw AvocetException.invalidArgument("address=0: a tensor needs memory");
    }
    long size = byteSize(type, shape);
    return new Tensor(type, shape, address, Memory.view(address, size), false, null);
  }

  private static long byteSize(DataType type, Shape shape) {
    long elements = shape.elements();
    if (elements > Integer.MAX_VALUE / type.bytes()) {
      throw new AvocetException(
          Status.OUT_OF_RANGE, "shape=" + shape + " of " + type + " is above 2 GiB");
    }
    return elements * type.bytes();
  }

  /** Element type. */
  public DataType type() {
    return type;
  }

  /** Extents; all are known. */
  public Shape shape() {
    return shape;
  }

  /** Number of bytes. */
  public long byteSize() {
    return bytes.capacity();
  }

  /** Address of the first element. */
  public long address() {
    checkOpen();
    return address;
  }

  /** All bytes, in native order, sharing this tensor's memory; a new view each time. */
  public ByteBuffer bytes() {
    checkOpen();
    return bytes.duplicate().order(bytes.order());
  }

  /** The elements of a FLOAT32 tensor, sharing its memory. */
  public FloatBuffer floats() {
    expect(DataType.FLOAT32);
    return bytes.asFloatBuffer();
  }

  /** The elements of an INT32 tensor, sharing its memory. */
  public IntBuffer ints() {
    expect(DataType.INT32);
    return bytes.asIntBuffer();
  }

  /** The elements of an INT64 tensor, sharing its memory. */
  public LongBuffer longs() {
    expect(DataType.INT64);
    return bytes.asLongBuffer();
  }

  /**
   * A view of entry {@code index} of the outermost axis, which becomes 1; owns nothing.
   *
   * @throws AvocetException OUT_OF_RANGE where there is no such entry
   */
  public Tensor slice(int index) {
    checkOpen();
    if (shape.rank() == 0 || index < 0 || index >= shape.dim(0)) {
      throw new AvocetException(
          Status.OUT_OF_RANGE, "index=" + index + " is outside of shape=" + shape);
    }
    Shape one = shape.with(0, 1);
    int size = (int) byteSize(type, one);
    int offset = index * size;
    ByteBuffer part = bytes.slice(offset, size).order(bytes.order());
    return new Tensor(type, one, address + offset, part, false, keepAlive);
  }

  private void expect(DataType wanted) {
    checkOpen();
    if (type != wanted) {
      throw AvocetException.invalidArgument("tensor is " + type + shape + ", not " + wanted);
    }
  }

  private void checkOpen() {
    if (closed || (keepAlive instanceof Memory memory && memory.isClosed())) {
      throw new AvocetException(Status.CLOSED, "the tensor " + type + shape + " is closed");
    }
  }

  /** Frees the memory if this tensor owns it; later calls do nothing. */
  @Override
  public void close() {
    closed = true;
    if (owner && keepAlive instanceof Memory memory) {
      memory.close();
    }
  }

  @Override
  public String toString() {
    return "Tensor " + type + shape + (owner ? "" : " (borrowed)");
  }
}
