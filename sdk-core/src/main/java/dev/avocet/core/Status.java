package dev.avocet.core;

/**
 * What kind of failure an {@link AvocetException} reports. The numbers are part of the C API; 0 to
 * 6 are those of MMDeploy's C API.
 */
public enum Status {
  OK(0),
  /** An argument, option, picture or meta-info value is wrong; the caller can put it right. */
  INVALID_ARG(1),
  /** A well-formed wish that this build, engine or device cannot fulfil. */
  NOT_SUPPORTED(2),
  /** A value or size is beyond a limit. */
  OUT_OF_RANGE(3),
  OUT_OF_MEMORY(4),
  FILE_NOT_FOUND(5),
  /** An engine, a driver or a file failed; the message says where. */
  FAIL(6),
  /** The handle has been closed. */
  CLOSED(7),
  CANCELLED(8),
  /** The caller's deadline passed before the call could be answered. */
  DEADLINE(9),
  /** The handle's queue is full; try again later. */
  BUSY(10),
  UNAUTHENTICATED(11);

  private final int code;

  Status(int code) {
    this.code = code;
  }

  /** The number that C callers see. */
  public int code() {
    return code;
  }
}
