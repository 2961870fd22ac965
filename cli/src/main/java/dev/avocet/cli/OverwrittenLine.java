package dev.avocet.cli;

import me.tongfei.progressbar.ProgressBarConsumer;

/** Where a progress bar is drawn over itself: the last line of the error stream. Thread safe. */
final class OverwrittenLine implements ProgressBarConsumer {
  private static final int WIDTH = 78;
  private static final String CLEAR = "\r\u001b[K";

  private final Console console;

  OverwrittenLine(Console console) {
    this.console = console;
  }

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

  /** Takes away what is drawn. */
  void erase() {
    synchronized (console) {
      console.err().print(CLEAR);
      console.err().flush();
    }
  }

  @Override
  public void close() {
    // A bar does not call this when it was never drawn; whoever has the bar clears the line.
  }
}
