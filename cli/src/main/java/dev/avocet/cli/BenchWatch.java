package dev.avocet.cli;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.board.Boards;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Runs a model again and again, and says how the board is meanwhile. */
final class BenchWatch {
  private BenchWatch() {}

  /**
   * Watches until the watch ends.
   *
   * @param callers threads that call the model
   * @return the exit code
   */
  static int run(BoardWatch watch, BenchSubject subject, Image picture, int callers) {
    AtomicLong calls = new AtomicLong();
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    AtomicBoolean ended = new AtomicBoolean();
    Runnable caller =
        () -> {
          try {
            while (!ended.get()) {
              subject.call().accept(picture);
              calls.incrementAndGet();
            }
          } catch (AvocetException e) {
            failure.set(e);
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    for (int i = 0; i < callers; i++) {
      threads.execute(caller);
    }
    try {
      return watch.run(
          Boards.here(),
          () -> {
            if (failure.get() != null) {
              throw failure.get();
            }
            return calls.get();
          });
    } finally {
      // Closing the handle then waits for the calls under way.
      ended.set(true);
      threads.shutdown();
    }
  }
}
