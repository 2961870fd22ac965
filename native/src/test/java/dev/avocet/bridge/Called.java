package dev.avocet.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Status;
import org.assertj.core.api.AbstractStringAssert;

/** Calls that have to fail. */
final class Called {
  /** What an out parameter is left as by a call that fails. */
  private static final long UNTOUCHED = 0x5555_5555_5555_5555L;

  private Called() {}

  /** A call of the bridge with a place for its answer. */
  interface Call {
    int status(long place, long error);
  }

  /** The text of a call that fails with this status and writes no answer. */
  static AbstractStringAssert<?> fails(CStructs c, Status wanted, Call call) {
    long place = c.int64s(UNTOUCHED);
    int status = call.status(place, c.error());
    assertThat(status).as(c.errorText()).isEqualTo(wanted.code());
    assertThat(CMemory.int64(place)).isEqualTo(UNTOUCHED);
    return assertThat(c.errorText());
  }

  static AbstractStringAssert<?> create(
      CStructs c, Status wanted, int type, long source, long options) {
    return fails(c, wanted, (place, error) -> Bridge.create(type, source, options, place, error));
  }

  static AbstractStringAssert<?> apply(
      CStructs c, Status wanted, int type, long handle, long input) {
    return fails(c, wanted, (place, error) -> Bridge.apply(type, handle, input, place, error));
  }

  static AbstractStringAssert<?> release(CStructs c, Status wanted, int type, long result) {
    return fails(c, wanted, (place, error) -> Bridge.release(type, result, error));
  }

  static AbstractStringAssert<?> destroy(CStructs c, Status wanted, int type, long handle) {
    return fails(c, wanted, (place, error) -> Bridge.destroy(type, handle, error));
  }

  static AbstractStringAssert<?> ask(
      CStructs c, Status wanted, int question, long subject, long argument) {
    return fails(
        c, wanted, (place, error) -> Bridge.ask(question, subject, argument, place, error));
  }
}
