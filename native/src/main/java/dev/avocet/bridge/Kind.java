package dev.avocet.bridge;

/**
 * A type of handle: how it is made and what it does. Immutable.
 *
 * @param <H> the Java object behind the handle
 */
interface Kind<H extends AutoCloseable> {
  /** The object's class. */
  Class<H> handle();

  /** Makes an object; destroying the handle closes it. */
  H create(Source source);

  /** The handle that the new one ends with; 0 where it stands alone. */
  default long owner(Source source) {
    return 0;
  }

  /**
   * Applies an object.
   *
   * @throws dev.avocet.core.AvocetException as the Java handle; INVALID_ARG for a wrong input
   */
  Result apply(H handle, Input input);

  /** Runs every network once. */
  void warmup(H handle);

  /** Counts and times as one line of JSON. */
  String stats(H handle);
}
