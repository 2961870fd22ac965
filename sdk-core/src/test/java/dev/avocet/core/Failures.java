package dev.avocet.core;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Checks of {@link AvocetException}s. */
public final class Failures {
  private Failures() {}

  /** Runs {@code call}, which has to fail with {@code status}; gives the message. */
  public static AbstractStringAssert<?> assertFails(Status status, ThrowingCallable call) {
    AvocetException e = catchThrowableOfType(AvocetException.class, call);
    Assertions.assertThat(e).as("an AvocetException").isNotNull();
    Assertions.assertThat(e.status()).as(e.getMessage()).isEqualTo(status);
    return Assertions.assertThat(e.getMessage());
  }
}
