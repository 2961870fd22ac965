package dev.avocet.bridge;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rotation;
import dev.avocet.core.internal.Memory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a C program would lay out for a call, in memory that ends with this object; and readers of
 * what it gets back. Confined to one thread.
 */
final class CStructs implements AutoCloseable {
  private final List<Memory> blocks = new ArrayList<>();
  private final long error = zeros(Failure.TEXT_BYTES);

  /** New memory, all zeros. */
  long zeros(long bytes) {
    Memory block = Memory.allocate(Math.max(8, bytes));
    blocks.add(block);
    ByteBuffer view = Memory.view(block.address(), block.bytes());
    view.put(new byte[view.remaining()]);
    return block.address();
  }

  /** A text with its NUL. */
  long text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    long at = zeros(utf8.length + 1L);
    Memory.view(at, utf8.length).put(utf8);
    return at;
  }

  /** Bytes. */
  long bytes(byte[] bytes) {
    long at = zeros(bytes.length);
    Memory.view(at, bytes.length).put(bytes);
    return at;
  }

  /** An array of int32_t. */
  long int32s(int... numbers) {
    long at = zeros((long) numbers.length * Layouts.INT32);
    for (int i = 0; i < numbers.length; i++) {
      int32(at + (long) i * Layouts.INT32, numbers[i]);
    }
    return at;
  }

  /** An array of float. */
  long floats(float... numbers) {
    long at = zeros((long) numbers.length * Layouts.FLOAT);
    for (int i = 0; i < numbers.length; i++) {
      float32(at + (long) i * Layouts.FLOAT, numbers[i]);
    }
    return at;
  }

  /** An array of pointers or of int64_t. */
  long int64s(long... numbers) {
    long at = zeros((long) numbers.length * Layouts.POINTER);
    for (int i = 0; i < numbers.length; i++) {
      CMemory.int64(at + (long) i * Layouts.POINTER, numbers[i]);
    }
    return at;
  }

  /** An array of avocet_image_t, which step by {@code Layouts.Image.BYTES}. */
  long images(Image... images) {
    long at = zeros((long) images.length * Layouts.Image.BYTES);
    for (int i = 0; i < images.length; i++) {
      Image image = images[i];
      long one = at + (long) i * Layouts.Image.BYTES;
      int32(one + Layouts.Image.SIZE, Layouts.Image.BYTES);
      int32(one + Layouts.Image.FORMAT, List.of(PixelFormat.values()).indexOf(image.format()));
      int32(one + Layouts.Image.WIDTH, image.width());
      int32(one + Layouts.Image.HEIGHT, image.height());
      int32(one + Layouts.Image.ROTATION, List.of(Rotation.values()).indexOf(image.rotation()));
      for (int p = 0; p < image.planes().size(); p++) {
        long plane = one + Layouts.Image.PLANES + (long) p * Layouts.Plane.BYTES;
        int64(plane + Layouts.Plane.DATA, image.planes().get(p).address());
        int32(plane + Layouts.Plane.STRIDE, image.planes().get(p).stride());
      }
    }
    return at;
  }

  /** What avocet_options_init leaves. */
  long options() {
    long at = zeros(Layouts.Options.BYTES);
    int32(at + Layouts.Options.SIZE, Layouts.Options.BYTES);
    return at;
  }

  /** What avocet_call_options_init leaves. */
  long callOptions() {
    long at = zeros(Layouts.CallOptions.BYTES);
    int32(at + Layouts.CallOptions.SIZE, Layouts.CallOptions.BYTES);
    float32(at + Layouts.CallOptions.SCORE_THRESHOLD, -1);
    int64(at + Layouts.CallOptions.DEADLINE_US, -1);
    return at;
  }

  /** An avocet_source_t of a path. */
  long pathSource(Object path) {
    long at = zeros(Layouts.Source.BYTES);
    int64(at + Layouts.Source.PATH, text(path.toString()));
    return at;
  }

  /** An avocet_source_t of an open model or tracker. */
  long parentSource(long parent) {
    long at = zeros(Layouts.Source.BYTES);
    int64(at + Layouts.Source.PARENT, parent);
    return at;
  }

  /** An avocet_input_t of pictures. */
  long input(long images, int count, long options) {
    long at = zeros(Layouts.Input.BYTES);
    int64(at + Layouts.Input.IMAGES, images);
    int32(at + Layouts.Input.COUNT, count);
    int64(at + Layouts.Input.OPTIONS, options);
    return at;
  }

  static void int32(long at, int value) {
    view(at, Layouts.INT32).putInt(value);
  }

  static void int64(long at, long value) {
    view(at, Layouts.POINTER).putLong(value);
  }

  static void float32(long at, float value) {
    view(at, Layouts.FLOAT).putFloat(value);
  }

  private static ByteBuffer view(long at, int bytes) {
    return Memory.view(at, bytes);
  }

  /** What a pointer at this address points at; null for NULL. */
  static String textAt(long at) {
    long text = CMemory.int64(at);
    return text == 0 ? null : CMemory.text("text", text);
  }

  /** Room for an error's text. */
  long error() {
    return error;
  }

  /** The last error's text. */
  String errorText() {
    return CMemory.text("error", error);
  }

  /** Creates a handle, which has to work. */
  long create(int type, long source, long options) {
    long place = zeros(Layouts.POINTER);
    check(Bridge.create(type, source, options, place, error));
    return CMemory.int64(place);
  }

  /** Applies a handle, which has to work. */
  long apply(int type, long handle, long input) {
    long place = zeros(Layouts.POINTER);
    check(Bridge.apply(type, handle, input, place, error));
    return CMemory.int64(place);
  }

  /** Asks, which has to work. */
  long ask(int question, long subject, long argument) {
    long place = zeros(Layouts.POINTER);
    check(Bridge.ask(question, subject, argument, place, error));
    return CMemory.int64(place);
  }

  /** Releases a result, which has to work. */
  void release(int type, long result) {
    check(Bridge.release(type, result, error));
  }

  /** Destroys a handle, which has to work. */
  void destroy(int type, long handle) {
    check(Bridge.destroy(type, handle, error));
  }

  /** Fails where a status is not OK. */
  void check(int status) {
    if (status != 0) {
      throw new AssertionError("status " + status + ": " + errorText());
    }
  }

  @Override
  public void close() {
    blocks.forEach(Memory::close);
  }
}
