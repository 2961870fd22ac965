package dev.avocet.bridge;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.internal.Memory;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Lays a result out in one block of C memory, whose pointers point into itself. Places are offsets
 * from its beginning. Confined to one thread.
 */
final class Out {
  private static final int ALIGNMENT = 8;

  /** What the block is written to; null while it is measured. */
  private final ByteBuffer block;

  private final long address;
  private long used;

  private Out(ByteBuffer block, long address) {
    this.block = block;
    this.address = address;
  }

  /**
   * A new block with a result, its root at the beginning.
   *
   * @throws AvocetException OUT_OF_RANGE above 2 GiB, OUT_OF_MEMORY
   */
  static Memory block(Result result) {
    Out measured = new Out(null, 0);
    result.write(measured);
    if (measured.used > Integer.MAX_VALUE) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "the answer has %d bytes, one call answers at most 2 GiB: give fewer pictures at once"
              .formatted(measured.used));
    }
    Memory memory = Memory.allocate(measured.used);
    try {
      result.write(new Out(CMemory.view(memory.address(), measured.used), memory.address()));
      return memory;
    } catch (RuntimeException | Error e) {
      memory.close();
      throw e;
    }
  }

  private int take(long bytes) {
    long place = used;
    used += (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    // While measuring, places mean nothing.
    return (int) place;
  }

  /** Takes room for {@code count} structs, all zeros. */
  int structs(int count, int bytes) {
    int place = take((long) count * bytes);
    if (block != null) {
      for (int i = place; i < used; i += Long.BYTES) {
        block.putLong(i, 0);
      }
    }
    return place;
  }

  void int32(int at, int value) {
    if (block != null) {
      block.putInt(at, value);
    }
  }

  void int64(int at, long value) {
    if (block != null) {
      block.putLong(at, value);
    }
  }

  void float32(int at, float value) {
    if (block != null) {
      block.putFloat(at, value);
    }
  }

  void float64(int at, double value) {
    if (block != null) {
      block.putDouble(at, value);
    }
  }

  /** Points at a place of this block. */
  void pointer(int at, int place) {
    int64(at, address + place);
  }

  /**
   * Appends a text with its NUL.
   *
   * @return its place
   */
  int text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int place = take(utf8.length + 1L);
    if (block != null) {
      block.put(place, utf8).put(place + utf8.length, (byte) 0);
    }
    return place;
  }

  /** Appends a text and points at it. */
  void text(int at, String text) {
    pointer(at, text(text));
  }

  /** The same for a text that may be absent: NULL then. */
  void text(int at, Optional<String> text) {
    if (text.isPresent()) {
      text(at, text.get());
    }
  }

  /** Appends bytes and points at them. */
  void bytes(int at, ByteBuffer bytes) {
    int place = take(bytes.remaining());
    if (block != null) {
      block.position(place).put(bytes.duplicate());
      pointer(at, place);
    }
  }

  /** Appends numbers and points at them. */
  void int32s(int at, IntBuffer numbers) {
    int place = take((long) numbers.remaining() * Layouts.INT32);
    if (block != null) {
      block.position(place).slice().order(block.order()).asIntBuffer().put(numbers.duplicate());
      pointer(at, place);
    }
  }

  /** Appends numbers and points at them. */
  void float32s(int at, FloatBuffer numbers) {
    int place = take((long) numbers.remaining() * Layouts.FLOAT);
    if (block != null) {
      block.position(place).slice().order(block.order()).asFloatBuffer().put(numbers.duplicate());
      pointer(at, place);
    }
  }

  /**
   * Appends the structs of a list, which an {@link Layouts.Items} counts and points at; NULL where
   * it is empty.
   *
   * @return the place of the first
   */
  int items(int at, int count, int bytes) {
    int first = structs(count, bytes);
    int32(at + Layouts.Items.COUNT, count);
    if (count > 0) {
      pointer(at + Layouts.Items.ITEMS, first);
    }
    return first;
  }
}
