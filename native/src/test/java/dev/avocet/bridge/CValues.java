package dev.avocet.bridge;

import dev.avocet.core.Mask;
import dev.avocet.core.Value;
import java.util.List;

/** Lays a tree of values out as a C program would. */
final class CValues {
  private CValues() {}

  /** The address of the root. */
  static long lay(CStructs c, Value value) {
    long at = c.zeros(Layouts.Value.BYTES);
    lay(c, at, value);
    return at;
  }

  private static void lay(CStructs c, long at, Value value) {
    if (value instanceof Value.Flag flag) {
      kind(at, ValueKinds.BOOL);
      CStructs.int64(at + Layouts.Value.INTEGER, flag.value() ? 1 : 0);
    } else if (value instanceof Value.Whole whole) {
      kind(at, ValueKinds.INT);
      CStructs.int64(at + Layouts.Value.INTEGER, whole.value());
    } else if (value instanceof Value.Real real) {
      kind(at, ValueKinds.REAL);
      CStructs.int64(at + Layouts.Value.REAL, Double.doubleToRawLongBits(real.value()));
    } else if (value instanceof Value.Text text) {
      kind(at, ValueKinds.TEXT);
      CStructs.int64(at + Layouts.Value.TEXT, c.text(text.value()));
    } else if (value instanceof Value.Items list) {
      kind(at, ValueKinds.LIST);
      items(c, at, list.items());
    } else if (value instanceof Value.Fields object) {
      kind(at, ValueKinds.OBJECT);
      items(c, at, List.copyOf(object.fields().values()));
      long[] names = object.fields().keySet().stream().mapToLong(c::text).toArray();
      CStructs.int64(at + Layouts.Value.NAMES, c.int64s(names));
    } else if (value instanceof Value.Picture picture) {
      kind(at, ValueKinds.IMAGE);
      CStructs.int64(at + Layouts.Value.IMAGE, c.images(picture.image()));
    } else if (value instanceof Value.Opaque opaque) {
      mask(c, at, (Mask) opaque.object());
    }
  }

  private static void kind(long at, int kind) {
    CStructs.int32(at + Layouts.Value.KIND, kind);
  }

  private static void items(CStructs c, long at, List<Value> values) {
    long items = c.zeros((long) values.size() * Layouts.Value.BYTES);
    for (int i = 0; i < values.size(); i++) {
      lay(c, items + (long) i * Layouts.Value.BYTES, values.get(i));
    }
    CStructs.int32(at + Layouts.Value.COUNT, values.size());
    CStructs.int64(at + Layouts.Value.ITEMS, items);
  }

  private static void mask(CStructs c, long at, Mask mask) {
    kind(at, ValueKinds.MASK);
    byte[] pixels = new byte[mask.pixels().remaining()];
    mask.pixels().get(pixels);
    long x = mask.window().x();
    CStructs.int64(at + Layouts.Value.INTEGER, (x << 32) | (mask.window().y() & 0xffffffffL));
    long image = c.zeros(Layouts.Image.BYTES);
    CStructs.int32(image + Layouts.Image.SIZE, Layouts.Image.BYTES);
    CStructs.int32(image + Layouts.Image.FORMAT, 4);
    CStructs.int32(image + Layouts.Image.WIDTH, mask.window().width());
    CStructs.int32(image + Layouts.Image.HEIGHT, mask.window().height());
    CStructs.int64(image + Layouts.Image.PLANES, c.bytes(pixels));
    CStructs.int32(image + Layouts.Image.PLANES + Layouts.Plane.STRIDE, mask.window().width());
    CStructs.int64(at + Layouts.Value.IMAGE, image);
  }
}
