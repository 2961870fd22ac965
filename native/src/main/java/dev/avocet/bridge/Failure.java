package dev.avocet.bridge;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Turns what was thrown into a status and a text, at the border to C. Stateless. */
final class Failure {
  /** AVOCET_ERROR_SIZE: bytes that the text has room for, its NUL included. */
  static final int TEXT_BYTES = 2048;

  private Failure() {}

  /** What a function does between the border's two sides. */
  interface Body {
    /**
     * Does it.
     *
     * @throws Exception as {@link AutoCloseable#close} declares it
     */
    void run() throws Exception;
  }

  /**
   * Runs a function's body. This is the one place that catches everything: a throwable that crossed
   * into C would end the process.
   *
   * @return a {@link Status#code}; where it is not OK, {@code error} holds a text
   */
  static int guard(long error, Body body) {
    try {
      body.run();
      return Status.OK.code();
    } catch (Throwable e) {
      return report(e, error);
    }
  }

  private static int report(Throwable e, long error) {
    if (e instanceof AvocetException known) {
      return write(known.status(), String.valueOf(known.getMessage()), error);
    }
    if (e instanceof OutOfMemoryError) {
      return write(Status.OUT_OF_MEMORY, "the library's heap is full: " + e.getMessage(), error);
    }
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return write(Status.FAIL, e.getClass().getName() + ": " + e.getMessage(), error);
  }

  private static int write(Status status, String message, long error) {
    byte[] text = cut(message.getBytes(StandardCharsets.UTF_8));
    CMemory.view(error, text.length + 1L).put(text).put((byte) 0);
    return status.code();
  }

  /** As many whole characters as there is room for. */
  private static byte[] cut(byte[] utf8) {
    if (utf8.length < TEXT_BYTES) {
      return utf8;
    }
    int end = TEXT_BYTES - 1;
    while (end > 0 && (utf8[end] & 0xC0) == 0x80) {
      end--;
    }
    return Arrays.copyOf(utf8, end);
  }
}
