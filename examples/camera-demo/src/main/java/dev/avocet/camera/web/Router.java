package dev.avocet.camera.web;

import dev.avocet.camera.web.Route.Call;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** Finds what a request is for, and refuses what must not be. Thread safe. */
final class Router extends Handler.Abstract {
  private final Access access;
  private final PageFiles page;
  private final List<Route> routes;
  private final boolean tls;
  private final Scheduler scheduler;
  private final Limits limits;

  Router(
      Access access,
      PageFiles page,
      List<Route> routes,
      boolean tls,
      Scheduler scheduler,
      Limits limits) {
    this.access = access;
    this.page = page;
    this.routes = routes;
    this.tls = tls;
    this.scheduler = scheduler;
    this.limits = limits;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Answer.secure(response.getHeaders(), tls);
    Callback end = Leftovers.after(request, callback, scheduler, limits);
    try {
      access.check(request);
      answer(request, response, end);
    } catch (Refusal refusal) {
      Answer.refuse(response, end, refusal);
    } catch (AvocetException e) {
      Answer.refuse(response, end, Refusal.of(e));
    }
    return true;
  }

  private void answer(Request request, Response response, Callback callback) throws Exception {
    // As it was sent: no name that is served needs decoding, so nothing can hide in it.
    String path = Optional.ofNullable(request.getHttpURI().getPath()).orElse("");
    TreeSet<String> methods = new TreeSet<>();
    for (Route route : routes) {
      Optional<String> name = route.match(path);
      if (name.isPresent() && route.takes(request.getMethod())) {
        if (route.token()) {
          access.checkToken(request);
        }
        route.action().run(new Call(request, response, callback, name.get()));
        return;
      }
      name.ifPresent(n -> methods.addAll(route.methods()));
    }
    if (page.has(path)) {
      methods.addAll(Route.READING);
      if (methods.contains(request.getMethod())) {
        page.answer(path, request, response, callback);
        return;
      }
    }
    throw methods.isEmpty() ? notFound() : notAllowed(methods);
  }

  private static Refusal notFound() {
    return Refusal.notFound("there is nothing here; docs/camera-api.md has what there is");
  }

  private static Refusal notAllowed(Set<String> methods) {
    String allowed = String.join(", ", methods);
    return new Refusal(
        405, Status.NOT_SUPPORTED, "ask here by " + allowed, Map.of("Allow", allowed));
  }
}
