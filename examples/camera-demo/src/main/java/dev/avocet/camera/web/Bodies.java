package dev.avocet.camera.web;

import dev.avocet.camera.web.Route.Call;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.model.Params;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
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
    new Body(call, body -> take(body, call, code, reader)).begin();
  }

  /** One that is arriving. Jetty calls it from one thread at a time. */
  private final class Body implements Runnable {
    private final Call call;
    private final Consumer<byte[]> use;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicBoolean done = new AtomicBoolean();
    private Scheduler.Task late;

    Body(Call call, Consumer<byte[]> use) {
      this.call = call;
      this.use = use;
    }

    void begin() {
      late = scheduler.schedule(this::giveUp, limits.request().toMillis(), TimeUnit.MILLISECONDS);
      run();
    }

    private void giveUp() {
      if (!done.get()) {
        call.request().fail(new TimeoutException("the body took too long"));
      }
    }

    @Override
    public void run() {
      boolean more = true;
      while (more) {
        Content.Chunk chunk = call.request().read();
        if (chunk == null) {
          call.request().demand(this);
          return;
        }
        more = take(chunk);
      }
      done.set(true);
      late.cancel();
    }

    /** Whether there is more to come. */
    private boolean take(Content.Chunk chunk) {
      if (Content.Chunk.isFailure(chunk)) {
        refuse(refusal(chunk.getFailure()));
        return false;
      }
      byte[] part = new byte[chunk.remaining()];
      chunk.getByteBuffer().get(part);
      chunk.release();
      bytes.writeBytes(part);
      if (bytes.size() > limits.bodyBytes()) {
        refuse(tooLarge());
        return false;
      }
      if (chunk.isLast()) {
        use.accept(bytes.toByteArray());
      }
      return !chunk.isLast();
    }

    private void refuse(Refusal refusal) {
      Answer.refuse(call.response(), call.callback(), refusal);
    }
  }

  private static Refusal refusal(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return new Refusal(408, Status.DEADLINE, "the body took too long; send it at once");
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
