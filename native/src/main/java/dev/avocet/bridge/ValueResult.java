package dev.avocet.bridge;

import dev.avocet.Answer;
import dev.avocet.core.Image;
import dev.avocet.core.Mask;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pipeline answered: a tree of avocet_value_t. Pictures are copied, since those that are
 * parts of the caller's do not outlive them. Objects of Java other than masks have no form in C: an
 * object leaves them out, a list has NULL in their place.
 *
 * @param root an object with a list for each output
 * @param owned copies of the pictures, in the tree's order
 */
record ValueResult(Value root, List<Image> owned) implements Result {
  /** Copies what has to be copied; the answer may be closed then. */
  static ValueResult of(Answer answer) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    answer.outputs().forEach((name, values) -> outputs.put(name, Value.of(values)));
    Value root = new Value.Fields(outputs);
    List<Image> copies = new ArrayList<>();
    try {
      return new ValueResult(copyOf(root, copies), copies);
    } catch (RuntimeException | Error e) {
      copies.forEach(Image::close);
      throw e;
    }
  }

  /** The same tree with copies of its pictures, and without what has no form in C. */
  private static Value copyOf(Value value, List<Image> copies) {
    if (value instanceof Value.Picture picture) {
      Image copy = Pixels.copyOf(picture.image());
      copies.add(copy);
      return Value.of(copy.rotated(picture.image().rotation()));
    }
    if (value instanceof Value.Items list) {
      return Value.of(list.items().stream().map(item -> copyOf(item, copies)).toList());
    }
    if (value instanceof Value.Fields object) {
      Map<String, Value> fields = new LinkedHashMap<>();
      object.fields().forEach((name, field) -> copyField(name, field, fields, copies));
      return new Value.Fields(fields);
    }
    return isForeign(value) ? Value.nothing() : value;
  }

  private static void copyField(
      String name, Value field, Map<String, Value> fields, List<Image> copies) {
    if (!isForeign(field)) {
      fields.put(name, copyOf(field, copies));
    }
  }

  private static boolean isForeign(Value value) {
    return value instanceof Value.Opaque opaque && !(opaque.object() instanceof Mask);
  }

  @Override
  public void write(Out out) {
    write(out, out.structs(1, Layouts.Value.BYTES), root);
  }

  private static void write(Out out, int at, Value value) {
    if (value instanceof Value.Flag flag) {
      kind(out, at, ValueKinds.BOOL);
      out.int64(at + Layouts.Value.INTEGER, flag.value() ? 1 : 0);
    } else if (value instanceof Value.Whole whole) {
      kind(out, at, ValueKinds.INT);
      out.int64(at + Layouts.Value.INTEGER, whole.value());
    } else if (value instanceof Value.Real real) {
      kind(out, at, ValueKinds.REAL);
      out.float64(at + Layouts.Value.REAL, real.value());
    } else if (value instanceof Value.Text text) {
      kind(out, at, ValueKinds.TEXT);
      out.text(at + Layouts.Value.TEXT, text.value());
    } else if (value instanceof Value.Items list) {
      kind(out, at, ValueKinds.LIST);
      items(out, at, list.items());
    } else if (value instanceof Value.Fields object) {
      kind(out, at, ValueKinds.OBJECT);
      items(out, at, List.copyOf(object.fields().values()));
      names(out, at, List.copyOf(object.fields().keySet()));
    } else if (value instanceof Value.Picture picture) {
      kind(out, at, ValueKinds.IMAGE);
      int image = out.structs(1, Layouts.Image.BYTES);
      out.pointer(at + Layouts.Value.IMAGE, image);
      Images.write(out, image, picture.image());
    } else if (value instanceof Value.Opaque opaque) {
      mask(out, at, (Mask) opaque.object());
    }
  }

  private static void kind(Out out, int at, int kind) {
    out.int32(at + Layouts.Value.KIND, kind);
  }

  private static void items(Out out, int at, List<Value> values) {
    int item = out.structs(values.size(), Layouts.Value.BYTES);
    out.int32(at + Layouts.Value.COUNT, values.size());
    if (!values.isEmpty()) {
      out.pointer(at + Layouts.Value.ITEMS, item);
    }
    for (Value value : values) {
      write(out, item, value);
      item += Layouts.Value.BYTES;
    }
  }

  private static void names(Out out, int at, List<String> names) {
    int place = out.structs(names.size(), Layouts.POINTER);
    if (!names.isEmpty()) {
      out.pointer(at + Layouts.Value.NAMES, place);
    }
    for (String name : names) {
      out.text(place, name);
      place += Layouts.POINTER;
    }
  }

  private static void mask(Out out, int at, Mask mask) {
    kind(out, at, ValueKinds.MASK);
    out.int64(
        at + Layouts.Value.INTEGER,
        ((long) mask.window().x() << Integer.SIZE) | Integer.toUnsignedLong(mask.window().y()));
    int image = out.structs(1, Layouts.Image.BYTES);
    out.pointer(at + Layouts.Value.IMAGE, image);
    Images.writeHead(out, image, PixelFormat.GRAY8, mask.window().width(), mask.window().height());
    int plane = image + Layouts.Image.PLANES;
    out.bytes(plane + Layouts.Plane.DATA, mask.pixels());
    out.int32(plane + Layouts.Plane.STRIDE, mask.window().width());
  }
}
