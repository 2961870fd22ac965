package dev.avocet.net.tensorrt;

/** Closes several things, each of them whatever happens to the others. */
final class Closing {
  private Closing() {}

  /** In this order; throws the first failure, with the others suppressed. Null is left out. */
  static void all(AutoCloseable... things) {
    RuntimeException first = null;
    for (AutoCloseable thing : things) {
      try {
        if (thing != null) {
          thing.close();
        }
      } catch (RuntimeException e) {
        first = add(first, e);
      } catch (Exception e) {
        first = add(first, new IllegalStateException("closing failed", e));
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static RuntimeException add(RuntimeException first, RuntimeException next) {
    if (first == null) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }
}
