package dev.avocet.bridge;

import dev.avocet.core.Status;

/**
 * The C API's Java side: five functions over addresses of C memory, which both hosts call. {@code
 * native/src/main/c/shim/host.h} says what the numbers and structs mean.
 *
 * <p>Safe from any number of threads. Every function returns a {@link Status#code} and, where that
 * is not OK, has written a text to {@code error}; nothing is ever thrown, and what was to be
 * written is left as it was. Where not even JavaCPP's library could be loaded there is no text.
 */
public final class Bridge {
  private static final Handles HANDLES = new Handles();
  private static final Results RESULTS = new Results();
  private static final Questions QUESTIONS = new Questions(HANDLES, RESULTS);

  private Bridge() {}

  /** Makes a handle of a type from a source; its number is written to {@code handle}. */
  public static int create(int type, long source, long options, long handle, long error) {
    return Failure.guard(
        error,
        () -> {
          CMemory.need("the handle's place", handle);
          CMemory.need("source", source);
          CMemory.int64(handle, create(Kinds.of(type), type, new Source(source, options, HANDLES)));
        });
  }

  private static <H extends AutoCloseable> long create(Kind<H> kind, int type, Source source) {
    return HANDLES.add(type, kind.create(source), kind.owner(source));
  }

  /** Applies a handle to an input; the result's address is written to {@code results}. */
  public static int apply(int type, long handle, long input, long results, long error) {
    return Failure.guard(
        error,
        () -> {
          CMemory.need("results", results);
          CMemory.need("input", input);
          Result result = apply(Kinds.of(type), type, handle, new Input(input, HANDLES));
          CMemory.int64(results, RESULTS.add(type, result));
        });
  }

  private static <H extends AutoCloseable> Result apply(
      Kind<H> kind, int type, long handle, Input input) {
    return kind.apply(HANDLES.get(handle, type, kind.handle()), input);
  }

  /** Frees a result; nothing where it is NULL. */
  public static int release(int type, long results, long error) {
    return Failure.guard(
        error,
        () -> {
          if (results != 0) {
            RESULTS.release(type, results);
          }
        });
  }

  /** Closes a handle; from when this is called on, nobody can use it. */
  public static int destroy(int type, long handle, long error) {
    return Failure.guard(error, () -> HANDLES.remove(handle, type).close());
  }

  /**
   * Answers a question about a handle, a picture or the library.
   *
   * @param answer where the answer's address is written to; 0 where there is none
   */
  public static int ask(int question, long subject, long argument, long answer, long error) {
    return Failure.guard(error, () -> QUESTIONS.ask(question, subject, argument, answer));
  }
}
