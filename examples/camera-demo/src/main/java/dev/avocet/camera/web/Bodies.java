package dev.avocet.camera.web;

import dev.avocet.camera.web.Route.Call;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.model.Params;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Reads what requests carry: one JSON object of a size that a client sends in a time that is not
 * its own choice. No thread waits for it.
 */
final class Bodies {
  private final Scheduler scheduler;
  private final Limits limits;

  Bodies(Scheduler scheduler, Limits limits) {
    this.scheduler = scheduler;
    this.limits = limits;
  }

  /**
   * Reads the body, does what it asks for, and answers with a code where that went well.
   *
   * @param reader reads a wish from JSON; done once nothing is left unread
   */
  void read(Call call, int code, Function<Params, Runnable> reader) {
    Request request = call.request();
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (type == null || MimeTypes.getBaseType(type) != MimeTypes.Type.APPLICATION_JSON) {
      throw new Refusal(
          415, Status.NOT_SUPPORTED, "send JSON, with the header Content-Type: application/json");
    }
    if (request.getLength() > limits.bodyBytes()) {
      throw tooLarge();
    }
    Scheduler.Task late =
        scheduler.schedule(
            () -> request.fail(new TimeoutException("the body took too long")),
            limits.request().toMillis(),
            TimeUnit.MILLISECONDS);
    Content.Source.asByteArrayAsync(
        request,
        limits.bodyBytes(),
        new Promise.Invocable.Abstract<byte[]>(Invocable.InvocationType.BLOCKING) {
          @Override
          public void succeeded(byte[] body) {
            late.cancel();
            take(body, call, code, reader);
          }

          @Override
          public void failed(Throwable failure) {
            late.cancel();
            Answer.refuse(call.response(), call.callback(), refusal(failure));
          }
        });
  }

  private Refusal refusal(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return new Refusal(408, Status.DEADLINE, "the body took too long; send it at once");
    }
    if (failure instanceof IllegalStateException) {
      return tooLarge();
    }
    return new Refusal(
        400, Status.INVALID_ARG, "the body did not arrive as announced; send it again");
  }

  private Refusal tooLarge() {
    return new Refusal(
        413,
        Status.OUT_OF_RANGE,
        "the body is larger than " + limits.bodyBytes() + " bytes; send a smaller one");
  }

  private static void take(byte[] body, Call call, int code, Function<Params, Runnable> reader) {
    try {
      Params json = Params.parse("body", new String(body, StandardCharsets.UTF_8));
      Runnable wish = reader.apply(json);
      if (!json.unread().isEmpty()) {
        throw AvocetException.invalidArgument(
            "body: %s is not known here; leave it out".formatted(json.unread().get(0)));
      }
      wish.run();
      Answer.empty(call.response(), call.callback(), code);
    } catch (AvocetException e) {
      Answer.refuse(call.response(), call.callback(), Refusal.of(e));
    }
  }
}
