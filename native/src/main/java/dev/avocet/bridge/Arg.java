package dev.avocet.bridge;

import dev.avocet.core.AvocetException;

/** Checks of numbers that C programs give. Stateless. */
final class Arg {
  private Arg() {}

  /** A count from 0 to {@code most}. */
  static int count(String name, int count, int most) {
    return range(name, count, 0, most);
  }

  /** A number from {@code low} to {@code high}. */
  static int range(String name, int value, int low, int high) {
    if (value < low || value > high) {
      throw AvocetException.invalidArgument(
          "%s=%d: expected %d to %d".formatted(name, value, low, high));
    }
    return value;
  }

  /** A number that is neither infinite nor NaN. */
  static float finite(String name, float value) {
    if (!Float.isFinite(value)) {
      throw AvocetException.invalidArgument(name + "=" + value + " is not finite");
    }
    return value;
  }
}
