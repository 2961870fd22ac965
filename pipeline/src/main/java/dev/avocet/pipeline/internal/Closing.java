package dev.avocet.pipeline.internal;

import java.util.List;

/** Closes several things, keeping the first failure with the rest suppressed. */
public final class Closing {
  private Closing() {}

  /** Closes in reverse order. */
  public static void all(List<? extends AutoCloseable> resources) {
    RuntimeException first = null;
    for (int i = resources.size() - 1; i >= 0; i--) {
      try {
        resources.get(i).close();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      } catch (Exception e) {
        throw new IllegalStateException("a resource of ours throws a checked exception", e);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** Closes a result that nobody will receive, if it is one to be closed. */
  public static void discard(Object result) {
    if (result instanceof AutoCloseable closeable) {
      all(List.of(closeable));
    }
  }
}
