package dev.avocet.bridge;

/** Where a host takes the lines of the log to. Called from any thread, several at once too. */
interface LogSink {
  /**
   * Takes a line.
   *
   * @param level an AVOCET_LOG_ number, 1 (error) to 5 (trace)
   * @param message address of a text in UTF-8 that ends with a NUL, valid for the call
   */
  void write(int level, long message);
}
