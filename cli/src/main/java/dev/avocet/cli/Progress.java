package dev.avocet.cli;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar on the error stream, for work that lasts more than a second: how far it is, the
 * rate, and the time left where it is known how much there is. Lines that are written with {@link
 * #clear} before them stand above the bar. Used by one thread at a time.
 */
final class Progress implements AutoCloseable {
  private static final long PATIENCE_NANOS = 1_000_000_000L;

  /** The library's word for work without a known end. */
  private static final long UNKNOWN = -1;

  private final OverwrittenLine line;
  private final boolean wanted;
  private final OptionalLong total;
  private final long start = System.nanoTime();
  private ProgressBar bar;
  private long done;

  /**
   * A bar that is still hidden.
   *
   * @param wanted whether it may ever be shown
   * @param total frames, where that is known; an estimate will do
   */
  Progress(Console console, boolean wanted, OptionalLong total) {
    this.line = new OverwrittenLine(console);
    this.wanted = wanted && total.orElse(Long.MAX_VALUE) > 1;
    this.total = total;
  }

  /** Another frame is done. */
  void step() {
    done++;
    if (wanted && bar == null && System.nanoTime() - start > PATIENCE_NANOS) {
      bar = build();
    }
    if (bar != null) {
      if (total.isPresent() && done > total.getAsLong()) {
        bar.maxHint(done);
      }
      bar.stepTo(done);
    }
  }

  private ProgressBar build() {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName("avocet")
            .setInitialMax(total.orElse(UNKNOWN))
            .setUpdateIntervalMillis(200)
            .setStyle(ProgressBarStyle.ASCII)
            // The rate is that from now on.
            .startsFrom(done, Duration.ofNanos(System.nanoTime() - start))
            .showSpeed(
                new DecimalFormat("0.0' frames'", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .setConsumer(line);
    return total.isPresent() ? builder.build() : builder.hideEta().build();
  }

  /** Takes the bar away for a line; the caller holds the console's monitor until it is written. */
  void clear() {
    if (bar != null) {
      line.erase();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      // Returns once the bar's own thread has drawn for the last time.
      bar.close();
      clear();
      bar = null;
    }
  }
}
