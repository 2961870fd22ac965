package dev.avocet.cli;

import dev.avocet.core.net.OpenListener;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Follows an engine that takes long to open a model, as where it builds one for the device: after a
 * second with a bar on the error stream for the innermost phase, if that is a terminal; and gives
 * up at Ctrl-C. An engine that reports nothing is ended by Ctrl-C at once, as without this. Thread
 * safe.
 */
final class Opening implements OpenListener, AutoCloseable {
  private static final long PATIENCE_NANOS = 1_000_000_000L;

  private final Console console;
  private final OverwrittenLine line;
  private final long start = System.nanoTime();

  /** Phases that have begun and not ended, with their steps; the innermost is the last. */
  private final Map<String, Steps> phases = new LinkedHashMap<>();

  private Interruption interruption;
  private ProgressBar bar;

  private record Steps(int done, int all) {}

  /** Follows nothing yet. */
  Opening(Console console) {
    this.console = console;
    this.line = new OverwrittenLine(console);
  }

  @Override
  public synchronized boolean progress(String phase, int done, int steps) {
    if (interruption == null) {
      // Not before: the process goes on until this is closed.
      interruption = new Interruption(() -> {});
    }
    if (done >= steps) {
      phases.remove(phase);
    } else {
      phases.put(phase, new Steps(done, steps));
    }
    show();
    return !interruption.asked();
  }

  private void show() {
    Map.Entry<String, Steps> innermost = null;
    for (Map.Entry<String, Steps> phase : phases.entrySet()) {
      innermost = phase;
    }
    if (innermost == null || !console.terminal() || System.nanoTime() - start < PATIENCE_NANOS) {
      return;
    }
    Steps steps = innermost.getValue();
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("opening")
              .setInitialMax(steps.all())
              .setUpdateIntervalMillis(200)
              // A phase that begins is not as far as the last, and there may be no step for long.
              .continuousUpdate()
              .setStyle(ProgressBarStyle.ASCII)
              .startsFrom(steps.done(), Duration.ofNanos(System.nanoTime() - start))
              .hideEta()
              .setConsumer(line)
              .build();
    }
    bar.setExtraMessage(" " + innermost.getKey());
    bar.maxHint(steps.all());
    bar.stepTo(steps.done());
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      // Returns once the bar's own thread has drawn for the last time.
      bar.close();
      line.erase();
      bar = null;
    }
    if (interruption != null) {
      interruption.close();
    }
  }
}
