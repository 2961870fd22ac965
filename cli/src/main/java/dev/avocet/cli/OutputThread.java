package dev.avocet.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Prints, draws and encodes one frame while the network is at work on the next. Frames are done in
 * order, one at a time, and what each holds is freed when it is done. Used by one thread.
 */
final class OutputThread implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "avocet-output"));

  private Future<?> present = CompletableFuture.completedFuture(null);

  /**
   * Has a frame done once the one before is done, whose failure this throws.
   *
   * @param release frees what the frame holds; called once, whether it was done or not
   */
  void submit(Runnable work, Runnable release) {
    boolean taken = false;
    try {
      finish();
      present =
          thread.submit(
              () -> {
                try {
                  work.run();
                } finally {
                  release.run();
                }
              });
      taken = true;
    } finally {
      if (!taken) {
        release.run();
      }
    }
  }

  /** Waits until everything is done; throws the failure of a frame, once. */
  void finish() {
    Future<?> last = present;
    present = CompletableFuture.completedFuture(null);
    try {
      last.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(CommandFailure.RUNNING, "interrupted", e);
    }
  }

  /** Waits for a frame that is being done, and lets its failure go: there is a worse one. */
  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = false;
    while (!thread.isTerminated()) {
      try {
        thread.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
