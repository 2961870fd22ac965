package dev.avocet.bridge;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;

/**
 * The C API's Java side: five functions over addresses of C memory, which both hosts call. {@code
 * native/src/main/c/shim/host.h} says what the numbers and structs mean.
 *
 * <p>Safe from any number of threads. Every function returns a {@link Status#code} and, where that
 * is not OK, has written a text to {@code error}; nothing is ever thrown.
 */
public final class Bridge {
  private Bridge() {}

  /** Makes a handle of a type from a source; its number is written to {@code handle}. */
  public static int create(int type, long source, long options, long handle, long error) {
    throw notYet();
  }

  /** Applies a handle to an input; the result's address is written to {@code results}. */
  public static int apply(int type, long handle, long input, long results, long error) {
    throw notYet();
  }

  /** Frees a result. */
  public static int release(int type, long results, long error) {
    throw notYet();
  }

  /** Closes a handle. */
  public static int destroy(int type, long handle, long error) {
    throw notYet();
  }

  /** Answers a question about a handle, a picture or the library. */
  public static int ask(int question, long subject, long argument, long answer, long error) {
    throw notYet();
  }

  private static AvocetException notYet() {
    return new AvocetException(Status.NOT_SUPPORTED, "not built yet");
  }
}
