package dev.avocet.core.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.avocet.core.AvocetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A JSON object of the meta info, read by key. Every mistake becomes an {@link AvocetException}
 * with INVALID_ARG that names the file, the JSON path, what was expected and what was found. A key
 * with the value {@code null} counts as absent, a number that is not finite as no number. Immutable
 * but for the note of what has been read; thread safe.
 */
public final class Params {
  private final String file;
  private final String path;
  private final JsonNode node;
  private final Set<String> read = ConcurrentHashMap.newKeySet();
  private final Map<String, Params> children = new ConcurrentSkipListMap<>();

  Params(String file, String path, JsonNode node) {
    this.file = file;
    this.path = path;
    this.node = node;
    if (!node.isObject()) {
      throw AvocetException.invalidArgument(
          file + ": " + path + ": expected an object, found " + show(node));
    }
  }

  /** Parameters that were not written down: every key is absent. */
  public static Params empty(String file, String path) {
    return new Params(file, path, JsonNodeFactory.instance.objectNode());
  }

  /** Parameters from JSON text, for programs and tests that have no file. */
  public static Params parse(String file, String json) {
    return new Params(file, "$", Json.parse(file, json.getBytes(StandardCharsets.UTF_8)));
  }

  /** File and JSON path of this object, to begin a message with. */
  public String where() {
    return file + ": " + path;
  }

  /** Whether the key is there and not {@code null}. */
  public boolean has(String key) {
    read.add(key);
    return node.hasNonNull(key);
  }

  /** Whether the key holds a number. */
  public boolean isNumber(String key) {
    return has(key) && node.get(key).isNumber();
  }

  /** Whether the key holds an array. */
  public boolean isArray(String key) {
    return has(key) && node.get(key).isArray();
  }

  /** Whether the key holds an object. */
  public boolean isObject(String key) {
    return has(key) && node.get(key).isObject();
  }

  /** A whole number; the key has to be there. */
  public int intValue(String key) {
    return integer(required(key, "a whole number"), key);
  }

  /** A whole number, or {@code absent} where there is none. */
  public int intValue(String key, int absent) {
    return has(key) ? intValue(key) : absent;
  }

  /** A number; the key has to be there. */
  public double doubleValue(String key) {
    JsonNode value = required(key, "a number");
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw error(key, "a number");
    }
    return value.doubleValue();
  }

  /** A number, or {@code absent} where there is none. */
  public double doubleValue(String key, double absent) {
    return has(key) ? doubleValue(key) : absent;
  }

  /** A number as float32, or {@code absent} where there is none. */
  public float floatValue(String key, float absent) {
    return has(key) ? float32(node.get(key), key) : absent;
  }

  /** True or false, or {@code absent} where there is neither. */
  public boolean booleanValue(String key, boolean absent) {
    if (!has(key)) {
      return absent;
    }
    if (!node.get(key).isBoolean()) {
      throw error(key, "true or false");
    }
    return node.get(key).booleanValue();
  }

  /** A text; the key has to be there. */
  public String text(String key) {
    JsonNode value = required(key, "a text");
    if (!value.isTextual()) {
      throw error(key, "a text");
    }
    return value.textValue();
  }

  /** A text, or {@code absent} where there is none. */
  public String text(String key, String absent) {
    return has(key) ? text(key) : absent;
  }

  /** An array of whole numbers; the key has to be there. */
  public int[] ints(String key) {
    return ints(array(key, "an array of whole numbers"), key);
  }

  /** An array of arrays of whole numbers; the key has to be there. */
  public List<int[]> intArrays(String key) {
    JsonNode array = array(key, "an array of arrays of whole numbers");
    List<int[]> values = new ArrayList<>();
    for (JsonNode item : array) {
      String at = key + "[" + values.size() + "]";
      if (!item.isArray()) {
        throw error(at, "an array of whole numbers", item);
      }
      values.add(ints(item, at));
    }
    return values;
  }

  private int[] ints(JsonNode array, String key) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = integer(array.get(i), key + "[" + i + "]");
    }
    return values;
  }

  /** An array of numbers; the key has to be there. */
  public float[] floats(String key) {
    JsonNode array = array(key, "an array of numbers");
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = float32(array.get(i), key + "[" + i + "]");
    }
    return values;
  }

  /**
   * An array of arrays of numbers; the key has to be there. What is nested deeper in one of them is
   * laid out in a row.
   */
  public List<float[]> floatRows(String key) {
    JsonNode array = array(key, "an array of arrays of numbers");
    List<float[]> rows = new ArrayList<>();
    for (JsonNode row : array) {
      if (!row.isArray()) {
        throw error(key + "[" + rows.size() + "]", "an array of numbers", row);
      }
      List<JsonNode> values = new ArrayList<>();
      flatten(row, values);
      float[] numbers = new float[values.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = float32(values.get(i), key + "[" + rows.size() + "]");
      }
      rows.add(numbers);
    }
    return rows;
  }

  /** Json refuses texts that are nested deep, so the recursion is short. */
  private static void flatten(JsonNode array, List<JsonNode> values) {
    for (JsonNode item : array) {
      if (item.isArray()) {
        flatten(item, values);
      } else {
        values.add(item);
      }
    }
  }

  /** An array of texts, or one text as an array of one; the key has to be there. */
  public List<String> texts(String key) {
    JsonNode value = required(key, "a text or an array of texts");
    if (value.isTextual()) {
      return List.of(value.textValue());
    }
    List<String> values = new ArrayList<>();
    for (JsonNode item : array(key, "a text or an array of texts")) {
      if (!item.isTextual()) {
        throw error(key + "[" + values.size() + "]", "a text", item);
      }
      values.add(item.textValue());
    }
    return List.copyOf(values);
  }

  /** An object; the key has to be there. */
  public Params object(String key) {
    return child(key, required(key, "an object"));
  }

  /** An object, or an empty one where there is none. */
  public Params objectOrEmpty(String key) {
    return has(key) ? object(key) : empty(file, path + "." + key);
  }

  /** An array of objects; the key has to be there. */
  public List<Params> objects(String key) {
    JsonNode array = array(key, "an array of objects");
    List<Params> values = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      values.add(child(key + "[" + i + "]", array.get(i)));
    }
    return values;
  }

  /** The keys of this object, in the file's order. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** Paths of all keys, here and below, that nothing has read. */
  public List<String> unread() {
    List<String> unread = new ArrayList<>();
    for (String key : keys()) {
      if (!read.contains(key)) {
        unread.add(path + "." + key);
      }
    }
    children.values().forEach(child -> unread.addAll(child.unread()));
    return unread;
  }

  /** Says that a key's value is wrong: {@code expected} completes "expected …, found …". */
  public AvocetException error(String key, String expected) {
    return error(key, expected, node.path(key));
  }

  private AvocetException error(String key, String expected, JsonNode found) {
    return AvocetException.invalidArgument(
        "%s: %s.%s: expected %s, found %s".formatted(file, path, key, expected, show(found)));
  }

  private JsonNode required(String key, String expected) {
    if (!has(key)) {
      throw error(key, expected);
    }
    return node.get(key);
  }

  private JsonNode array(String key, String expected) {
    JsonNode value = required(key, expected);
    if (!value.isArray()) {
      throw error(key, expected);
    }
    return value;
  }

  private int integer(JsonNode value, String key) {
    if (!value.isNumber() || value.doubleValue() != (int) value.doubleValue()) {
      throw error(key, "a whole number", value);
    }
    return (int) value.doubleValue();
  }

  private float float32(JsonNode value, String key) {
    if (!value.isNumber() || !Float.isFinite(value.floatValue())) {
      throw error(key, "a number", value);
    }
    return value.floatValue();
  }

  private Params child(String key, JsonNode value) {
    return children.computeIfAbsent(key, k -> new Params(file, path + "." + k, value));
  }

  private static String show(JsonNode found) {
    if (found.isMissingNode()) {
      return "nothing";
    }
    String text = found.toString();
    return text.length() > 60 ? text.substring(0, 57) + "..." : text;
  }
}
