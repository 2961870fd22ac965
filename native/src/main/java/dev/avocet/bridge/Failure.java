package dev.avocet.bridge;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Turns what was thrown into a status and a text, at the border to C. Stateless. */
final class Failure {
  /** AVOCET_ERROR_SIZE: bytes that the text has room for, its NUL included. */
  static final int TEXT_BYTES = 2048;

  /** Made before it is needed. */
  private static final byte[] HEAP_FULL =
      "the library's heap is full".getBytes(StandardCharsets.UTF_8);

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
      Services.run(body);
      return Status.OK.code();
    } catch (Throwable e) {
      return report(e, error);
    }
  }

  private static int report(Throwable e, long error) {
    try {
      return write(statusOf(e), textOf(e), error);
    } catch (OutOfMemoryError again) {
      CMemory.bytes(error, HEAP_FULL);
      return Status.OUT_OF_MEMORY.code();
    } catch (LinkageError natives) {
      // Without JavaCPP's library nothing can be written; the shim has a text for that.
      return Status.FAIL.code();
    }
  }

  private static Status statusOf(Throwable e) {
    if (e instanceof AvocetException known) {
      return known.status();
    }
    return e instanceof OutOfMemoryError ? Status.OUT_OF_MEMORY : Status.FAIL;
  }

  private static String textOf(Throwable e) {
    if (e instanceof AvocetException) {
      return String.valueOf(e.getMessage());
    }
    return e instanceof OutOfMemoryError
        ? "the library's heap is full: " + e.getMessage()
        : e.getClass().getName() + ": " + e.getMessage();
  }

  private static int write(Status status, String message, long error) {
    CMemory.bytes(error, cut(message.getBytes(StandardCharsets.UTF_8)));
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
