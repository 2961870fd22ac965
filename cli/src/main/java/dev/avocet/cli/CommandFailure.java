package dev.avocet.cli;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.function.Supplier;

/** Ends a command with an exit code and one line on the error stream. */
final class CommandFailure extends RuntimeException {
  /** Something failed while running. */
  static final int RUNNING = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** The model cannot be used. */
  static final int MODEL = 3;

  /** An input cannot be used. */
  static final int INPUT = 4;

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandFailure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  static CommandFailure usage(String message) {
    return new CommandFailure(USAGE, message, null);
  }

  int exitCode() {
    return exitCode;
  }

  /** What went wrong with {@code -o}: usage where it cannot be meant, else a failure of the run. */
  static CommandFailure output(AvocetException e) {
    int code = e.status() == Status.INVALID_ARG ? USAGE : RUNNING;
    return new CommandFailure(code, e.getMessage(), e);
  }

  /** Does a part of the work; its failure gives the command this exit code. */
  static <T> T orExit(int exitCode, Supplier<T> work) {
    try {
      return work.get();
    } catch (AvocetException e) {
      throw new CommandFailure(exitCode, e.getMessage(), e);
    }
  }
}
