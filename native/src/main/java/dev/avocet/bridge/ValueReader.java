package dev.avocet.bridge;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Mask;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a caller's tree of avocet_value_t, which may be as wrong as it likes, circles included.
 * Used once.
 */
final class ValueReader {
  /** Levels; what pipelines take has three. */
  private static final int MAX_DEPTH = 32;

  /** Values in all. */
  private static final int MAX_VALUES = 1 << 20;

  private int values;
  private int depth;

  /**
   * A value and all below it. Pictures stay the caller's.
   *
   * @param name of the parameter, for messages
   * @throws AvocetException INVALID_ARG for a kind, count, pointer or picture that is none,
   *     OUT_OF_RANGE for a tree beyond the limits
   */
  Value read(String name, long address) {
    CMemory.need(name, address);
    if (++values > MAX_VALUES || depth == MAX_DEPTH) {
      throw AvocetException.invalidArgument(
          "%s: values go at most %d deep and are at most %d"
              .formatted(name, MAX_DEPTH, MAX_VALUES));
    }
    depth++;
    Value value = readKind(name, address);
    depth--;
    return value;
  }

  private Value readKind(String name, long at) {
    int kind = CMemory.int32(at + Layouts.Value.KIND);
    return switch (kind) {
      case ValueKinds.NULL -> Value.nothing();
      case ValueKinds.BOOL -> Value.of(CMemory.int64(at + Layouts.Value.INTEGER) != 0);
      case ValueKinds.INT -> Value.of(CMemory.int64(at + Layouts.Value.INTEGER));
      case ValueKinds.REAL -> Value.of(CMemory.float64(at + Layouts.Value.REAL));
      case ValueKinds.TEXT ->
          Value.of(CMemory.text(name + ".text", CMemory.int64(at + Layouts.Value.TEXT)));
      case ValueKinds.LIST -> Value.of(list(name, at));
      case ValueKinds.OBJECT -> object(name, at);
      case ValueKinds.IMAGE -> Value.of(image(name, at));
      case ValueKinds.MASK -> Value.opaque(mask(name, at));
      default ->
          throw AvocetException.invalidArgument(
              "%s.kind=%d: expected %d to %d"
                  .formatted(name, kind, ValueKinds.NULL, ValueKinds.MASK));
    };
  }

  private static int count(String name, long at) {
    return Arg.count(name + ".count", CMemory.int32(at + Layouts.Value.COUNT), MAX_VALUES);
  }

  private List<Value> list(String name, long at) {
    int count = count(name, at);
    long items = CMemory.int64(at + Layouts.Value.ITEMS);
    List<Value> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CMemory.need(name + ".items", items);
      list.add(read(name + "[" + i + "]", items + (long) i * Layouts.Value.BYTES));
    }
    return list;
  }

  private Value object(String name, long at) {
    int count = count(name, at);
    long items = CMemory.int64(at + Layouts.Value.ITEMS);
    long names = CMemory.int64(at + Layouts.Value.NAMES);
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      CMemory.need(name + ".items", items);
      CMemory.need(name + ".names", names);
      String key =
          CMemory.text(
              name + ".names[" + i + "]", CMemory.int64(names + (long) i * Layouts.POINTER));
      Value value = read(name + "." + key, items + (long) i * Layouts.Value.BYTES);
      if (fields.put(key, value) != null) {
        throw AvocetException.invalidArgument("%s has the name \"%s\" twice".formatted(name, key));
      }
    }
    return new Value.Fields(fields);
  }

  private static Image image(String name, long at) {
    return Images.read(name + ".image", CMemory.int64(at + Layouts.Value.IMAGE));
  }

  private static Mask mask(String name, long at) {
    Image image = image(name, at);
    if (image.format() != PixelFormat.GRAY8) {
      throw AvocetException.invalidArgument(
          "%s.image: a mask is GRAY8, not %s".formatted(name, image.format()));
    }
    byte[] pixels = new byte[image.width() * image.height()];
    ByteBuffer plane = image.plane(0);
    for (int y = 0; y < image.height(); y++) {
      plane.get(y * image.planes().get(0).stride(), pixels, y * image.width(), image.width());
    }
    long corner = CMemory.int64(at + Layouts.Value.INTEGER);
    int left = (int) (corner >> Integer.SIZE);
    return new Mask(new Rect(left, (int) corner, image.width(), image.height()), pixels);
  }
}
