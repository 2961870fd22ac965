package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Interpolation;
import java.util.Locale;

/** Parameters that several transforms share. */
final class ParamReader {
  private ParamReader() {}

  /**
   * A size: one number for both, or two.
   *
   * @param order what the two numbers are, for the message
   */
  static int[] pair(Params params, String key, String order) {
    String expected = "a number or two numbers " + order;
    if (params.isNumber(key)) {
      int side = params.intValue(key);
      return new int[] {side, side};
    }
    if (!params.isArray(key)) {
      throw params.error(key, expected);
    }
    int[] pair = params.ints(key);
    if (pair.length != 2) {
      throw params.error(key, expected);
    }
    return pair;
  }

  /** A size of which both numbers are at least 1. */
  static int[] positivePair(Params params, String key, String order) {
    int[] pair = pair(params, key, order);
    if (pair[0] < 1 || pair[1] < 1) {
      throw params.error(key, "a number or two numbers " + order + ", at least 1");
    }
    return pair;
  }

  /** A whole number of at least 1; the key has to be there. */
  static int positive(Params params, String key) {
    int value = params.intValue(key);
    if (value < 1) {
      throw params.error(key, "at least 1");
    }
    return value;
  }

  /** A whole number, or {@code absent} where there is no number. */
  static int wholeValue(Params params, String key, int absent) {
    return params.isNumber(key) ? params.intValue(key) : absent;
  }

  /**
   * The value of padding: a number, {@code [v, …]}, {@code {"img": v}} or {@code {"img": [v, …]}}.
   * Of an array the first counts, as in the reference, for all channels; 0 where there is none.
   */
  static float padValue(Params params) {
    if (params.isObject("pad_val")) {
      Params byField = params.object("pad_val");
      return byField.has("img") ? number(byField, "img") : 0;
    }
    return params.has("pad_val") ? number(params, "pad_val") : 0;
  }

  private static float number(Params params, String key) {
    float[] values =
        params.isArray(key) ? params.floats(key) : new float[] {params.floatValue(key, 0)};
    if (values.length == 0 || !Float.isFinite(values[0])) {
      throw params.error(key, "a number or an array of numbers");
    }
    return values[0];
  }

  static Interpolation interpolation(Params params) {
    String name = params.text("interpolation", "bilinear");
    for (Interpolation known : Interpolation.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(name)) {
        return known;
      }
    }
    throw params.error("interpolation", "nearest, bilinear, area, bicubic or lanczos");
  }

  /** Requires {@code keys} to be an array that names nothing but {@code img}. */
  static void checkKeys(Params params) {
    if (!params.isArray("keys") || !params.texts("keys").stream().allMatch("img"::equals)) {
      throw params.error("keys", "[\"img\"]");
    }
  }
}
