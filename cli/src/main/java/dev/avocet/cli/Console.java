package dev.avocet.cli;

import java.io.PrintStream;

/**
 * Where a command writes. Whoever writes whole lines while a progress bar is drawn holds the
 * console's monitor.
 *
 * @param out for results
 * @param err for messages and progress
 * @param terminal whether {@code err} is a terminal
 */
record Console(PrintStream out, PrintStream err, boolean terminal) {
  /** A message for the user, on the error stream. */
  void say(String message) {
    synchronized (this) {
      err.println("avocet: " + message);
      err.flush();
    }
  }
}
