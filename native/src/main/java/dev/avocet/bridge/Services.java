package dev.avocet.bridge;

/**
 * Lets the library find its parts in any thread. They are looked up as services, by the thread's
 * class loader; a thread of C has none, and in an application's JVM it need not see our jars.
 * Stateless.
 */
final class Services {
  private static final ClassLoader OURS = Services.class.getClassLoader();

  private Services() {}

  /** Runs a body in a thread that has our class loader meanwhile. */
  static void run(Failure.Body body) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    if (before == OURS) {
      body.run();
      return;
    }
    thread.setContextClassLoader(OURS);
    try {
      body.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
