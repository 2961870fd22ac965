package dev.avocet.core.preprocess;

/** What stands outside of a picture when it is padded. */
public enum PadMode {
  /** One value. */
  CONSTANT,
  /** The nearest edge pixel: {@code aaa|abc|ccc}. */
  EDGE,
  /** Mirrored at the edge pixel: {@code cb|abc|ba}. */
  REFLECT,
  /** Mirrored at the edge: {@code ba|abc|cb}. */
  SYMMETRIC
}
