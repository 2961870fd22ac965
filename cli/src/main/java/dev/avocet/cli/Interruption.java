package dev.avocet.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Lets a run end in order when the process is told to end (Ctrl-C, SIGTERM): from then on {@link
 * #asked} is true, and the process goes on until this is closed. Its exit code is then the
 * signal's: 130 for Ctrl-C.
 */
final class Interruption implements AutoCloseable {
  /** Exit code of a process that Ctrl-C has ended. */
  static final int EXIT_CODE = 130;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean asked;

  /**
   * Begins to listen.
   *
   * @param stop ends what the run may be waiting for; called from another thread
   */
  Interruption(Runnable stop) {
    hook =
        new Thread(
            () -> {
              asked = true;
              stop.run();
              try {
                finished.await();
              } catch (InterruptedException e) {
                // Somebody in this process wants it gone at once.
                Thread.currentThread().interrupt();
              }
            },
            "avocet-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  boolean asked() {
    return asked;
  }

  @Override
  public void close() {
    finished.countDown();
    if (!asked) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The signal has come just now; the hook has nothing to wait for any more.
        asked = true;
      }
    }
  }
}
