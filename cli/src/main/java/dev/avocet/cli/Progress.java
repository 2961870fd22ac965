package dev.avocet.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar on the error stream, for work that lasts more than a second. Lines that are
 * written with {@link #clear} before them stand above the bar.
 */
final class Progress implements AutoCloseable {
  private static final long PATIENCE_NANOS = 1_000_000_000L;
  private static final int WIDTH = 78;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Console console;
  private final boolean wanted;
  private final long total;
  private final long start = System.nanoTime();
  private ProgressBar bar;
  private long done;

  /**
   * A bar that is still hidden.
   *
   * @param wanted whether it may ever be shown
   * @param total steps
   */
  Progress(Console console, boolean wanted, long total) {
    this.console = console;
    this.wanted = wanted && total > 1;
    this.total = total;
  }

  /** Another step is done. */
  void step() {
    done++;
    if (wanted && bar == null && System.nanoTime() - start > PATIENCE_NANOS) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("avocet")
              .setInitialMax(total)
              .setUpdateIntervalMillis(200)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new OverwrittenLine())
              .build();
    }
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  /** Takes the bar away for a line; the caller holds the console's monitor until it is written. */
  void clear() {
    if (bar != null) {
      console.err().print(CLEAR_LINE);
      console.err().flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      // Returns once the bar's own thread has drawn for the last time.
      bar.close();
      synchronized (console) {
        clear();
      }
    }
  }

  /** Draws the bar over itself. */
  private final class OverwrittenLine implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return WIDTH;
    }

    @Override
    public void accept(String rendered) {
      synchronized (console) {
        console.err().print("\r" + rendered);
        console.err().flush();
      }
    }

    @Override
    public void close() {
      // The bar does not call this when it was never drawn before; the line is taken away above.
    }
  }
}
