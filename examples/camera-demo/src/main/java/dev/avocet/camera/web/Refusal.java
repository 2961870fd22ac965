package dev.avocet.camera.web;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.Map;

/** A request is not fulfilled, and why: what a client is answered. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final Status status;
  private final transient Map<String, String> headers;

  Refusal(int code, Status status, String message) {
    this(code, status, message, Map.of());
  }

  /**
   * A refusal with headers of its own.
   *
   * @param code of HTTP
   */
  Refusal(int code, Status status, String message, Map<String, String> headers) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
    this.headers = Map.copyOf(headers);
  }

  /** What the application below has thrown. */
  static Refusal of(AvocetException e) {
    return new Refusal(code(e.status()), e.status(), e.getMessage());
  }

  static Refusal notFound(String message) {
    return new Refusal(404, Status.FILE_NOT_FOUND, message);
  }

  int code() {
    return code;
  }

  Status status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  private static int code(Status status) {
    return switch (status) {
      case INVALID_ARG, NOT_SUPPORTED, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case FILE_NOT_FOUND -> 404;
      case BUSY -> 409;
      case CLOSED, CANCELLED -> 503;
      case DEADLINE -> 504;
      case OK, OUT_OF_MEMORY, FAIL -> 500;
    };
  }
}
