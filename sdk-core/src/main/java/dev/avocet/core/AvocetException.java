package dev.avocet.core;

import java.util.Objects;

/**
 * The one exception of the SDK: a {@link Status}, a message that says what to do, and the cause
 * where there is one.
 */
public final class AvocetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Status status;

  /** A failure without a cause below it. */
  public AvocetException(Status status, String message) {
    this(status, message, null);
  }

  /** A failure that wraps {@code cause}. */
  public AvocetException(Status status, String message, Throwable cause) {
    super(message, cause);
    this.status = Objects.requireNonNull(status);
  }

  /** What kind of failure this is. */
  public Status status() {
    return status;
  }

  /** Shorthand for {@link Status#INVALID_ARG}. */
  public static AvocetException invalidArgument(String message) {
    return new AvocetException(Status.INVALID_ARG, message);
  }

  /** Shorthand for {@link Status#NOT_SUPPORTED}. */
  public static AvocetException notSupported(String message) {
    return new AvocetException(Status.NOT_SUPPORTED, message);
  }
}
