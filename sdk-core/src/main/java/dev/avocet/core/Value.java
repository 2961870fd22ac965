package dev.avocet.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What passes between the nodes of a pipeline and comes out of it: JSON, and beside it pictures and
 * Java objects that have no such form.
 *
 * <pre>{@code
 * for (Value box : value.items()) {
 *   System.out.println(box.get("label_id").asInt() + " " + box.get("score").asDouble());
 * }
 * }</pre>
 *
 * <p>Immutable but for the pixels of a picture and what an opaque object is; closing a picture is
 * up to who owns it. The readers ({@code asInt}, {@code items}, …) throw {@link AvocetException}
 * INVALID_ARG where the value is of another kind, saying which.
 */
public sealed interface Value extends Valued {
  /** Nothing, for example what a node that was not run would have answered. */
  record Null() implements Value {
    private static final Null ONLY = new Null();

    @Override
    public String kind() {
      return "nothing";
    }
  }

  /** True or false. */
  record Flag(boolean value) implements Value {
    @Override
    public String kind() {
      return Boolean.toString(value);
    }
  }

  /** A whole number. */
  record Whole(long value) implements Value {
    @Override
    public String kind() {
      return "the number " + value;
    }
  }

  /** A number. */
  record Real(double value) implements Value {
    @Override
    public String kind() {
      return "the number " + value;
    }
  }

  /** A text. */
  record Text(String value) implements Value {
    /** Checks that there is one. */
    public Text {
      Objects.requireNonNull(value);
    }

    @Override
    public String kind() {
      return "a text";
    }
  }

  /** A list. */
  record Items(List<Value> items) implements Value, Many {
    /** Copies the list. */
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list of " + items.size();
    }
  }

  /** Values by name, in order. */
  record Fields(Map<String, Value> fields) implements Value {
    /** Copies the map. */
    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @Override
    public String kind() {
      return "an object of " + fields.keySet();
    }
  }

  /** A picture. */
  record Picture(Image image) implements Value {
    /** Checks that there is one. */
    public Picture {
      Objects.requireNonNull(image);
    }

    @Override
    public String kind() {
      return "a picture of " + image;
    }
  }

  /** An object of Java: pixels of a mask, the state of a tracker. */
  record Opaque(Object object) implements Value {
    /** Checks that there is one. */
    public Opaque {
      Objects.requireNonNull(object);
    }

    @Override
    public String kind() {
      return "an object of class " + object.getClass().getSimpleName();
    }
  }

  /** Nothing. */
  static Value nothing() {
    return Null.ONLY;
  }

  /** True or false. */
  static Value of(boolean value) {
    return new Flag(value);
  }

  /** A whole number. */
  static Value of(long value) {
    return new Whole(value);
  }

  /** A number. */
  static Value of(double value) {
    return new Real(value);
  }

  /** A text. */
  static Value of(String value) {
    return new Text(value);
  }

  /** A picture, which keeps its owner. */
  static Value of(Image image) {
    return new Picture(image);
  }

  /** A list. */
  static Value of(List<Value> items) {
    return new Items(items);
  }

  /** A list of numbers. */
  static Value of(float... numbers) {
    Value[] items = new Value[numbers.length];
    for (int i = 0; i < items.length; i++) {
      items[i] = new Real(numbers[i]);
    }
    return new Items(List.of(items));
  }

  /** Values by name, in the order given. */
  @SafeVarargs
  static Value object(Map.Entry<String, Value>... fields) {
    Map<String, Value> map = new LinkedHashMap<>();
    for (Map.Entry<String, Value> field : fields) {
      map.put(field.getKey(), field.getValue());
    }
    return new Fields(map);
  }

  /** An object of Java. */
  static Value opaque(Object object) {
    return new Opaque(object);
  }

  /** What kind of value this is, to end a message with. */
  String kind();

  @Override
  default Value toValue() {
    return this;
  }

  /** Whether this is {@link #nothing}. */
  default boolean isNull() {
    return this instanceof Null;
  }

  /** The flag. */
  default boolean asBoolean() {
    return expect(Flag.class, "true or false").value();
  }

  /** The whole number, which has to fit. */
  default int asInt() {
    long value = expect(Whole.class, "a whole number").value();
    if (value != (int) value) {
      throw wrong("a whole number of 32 bits");
    }
    return (int) value;
  }

  /** The number, whole or not. */
  default double asDouble() {
    return this instanceof Whole whole ? whole.value() : expect(Real.class, "a number").value();
  }

  /** The text. */
  default String asText() {
    return expect(Text.class, "a text").value();
  }

  /** The picture. */
  default Image asImage() {
    return expect(Picture.class, "a picture").image();
  }

  /** The object of Java. */
  default <T> T as(Class<T> type) {
    Object object = expect(Opaque.class, "an object of class " + type.getSimpleName()).object();
    if (!type.isInstance(object)) {
      throw wrong("an object of class " + type.getSimpleName());
    }
    return type.cast(object);
  }

  /** The list. */
  default List<Value> items() {
    return expect(Items.class, "a list").items();
  }

  /** The list as numbers. */
  default float[] asFloats() {
    List<Value> items = items();
    float[] numbers = new float[items.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) items.get(i).asDouble();
    }
    return numbers;
  }

  /** Values by name, in order. */
  default Map<String, Value> fields() {
    return expect(Fields.class, "an object").fields();
  }

  /** Whether this is an object with such a field that is not {@link #nothing}. */
  default boolean has(String field) {
    return this instanceof Fields object
        && !object.fields().getOrDefault(field, nothing()).isNull();
  }

  /** The field of that name, which has to be there. */
  default Value get(String field) {
    Value value = fields().get(field);
    if (value == null) {
      throw wrong("an object with \"" + field + "\"");
    }
    return value;
  }

  private <V extends Value> V expect(Class<V> type, String expected) {
    if (!type.isInstance(this)) {
      throw wrong(expected);
    }
    return type.cast(this);
  }

  private AvocetException wrong(String expected) {
    return AvocetException.invalidArgument("expected " + expected + ", found " + kind());
  }

  /**
   * JSON in one line. Pictures become their size and format; numbers that are not finite and Java
   * objects have no form in JSON: null, and no field at all where they would be one.
   */
  default String toJson() {
    return ValueJson.of(this);
  }
}
