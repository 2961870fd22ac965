package dev.avocet.camera.web;

import dev.avocet.core.Status;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what Jetty itself refuses, such as requests that are no HTTP, and what failed
 * unexpectedly, in the form of all other errors. What failed stands in the log (Jetty writes it),
 * not in the answer.
 */
final class ErrorAnswers extends ErrorHandler {
  private final boolean tls;

  ErrorAnswers(boolean tls) {
    this.tls = tls;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int code = response.getStatus();
    String reason = "";
    if (request.getAttribute(ERROR_EXCEPTION) instanceof HttpException e) {
      code = e.getCode();
      reason = e.getReason() == null ? "" : " (" + e.getReason() + ")";
    }
    Answer.secure(response.getHeaders(), tls);
    Answer.refuse(response, callback, new Refusal(code, status(code), message(code) + reason));
    return true;
  }

  private static Status status(int code) {
    return switch (code) {
      case 408 -> Status.DEADLINE;
      case 413, 414, 431 -> Status.OUT_OF_RANGE;
      case 501, 505 -> Status.NOT_SUPPORTED;
      case 503 -> Status.CLOSED;
      default -> code < 500 ? Status.INVALID_ARG : Status.FAIL;
    };
  }

  private static String message(int code) {
    return switch (code) {
      case 408 -> "the request took too long; send it again";
      case 413 -> "the body is too large; send a smaller one";
      case 414 -> "the address is too long; docs/camera-api.md has those there are";
      case 431 -> "the headers are too large; send fewer";
      case 501, 505 -> "this way to ask is not supported; use HTTP/1.1";
      case 503 -> "the server is stopping; ask again when it has started";
      default ->
          code < 500
              ? "the request is not understood; send a well-formed one"
              : "the request failed for a reason that the server's log tells";
    };
  }
}
