package dev.avocet.bridge;

/** The numbers of {@code enum avocet_value_kind}. */
final class ValueKinds {
  static final int NULL = 0;
  static final int BOOL = 1;
  static final int INT = 2;
  static final int REAL = 3;
  static final int TEXT = 4;
  static final int LIST = 5;
  static final int OBJECT = 6;
  static final int IMAGE = 7;
  static final int MASK = 8;

  private ValueKinds() {}
}
