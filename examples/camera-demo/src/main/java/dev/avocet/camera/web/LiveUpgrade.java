package dev.avocet.camera.web;

import dev.avocet.camera.web.Route.Call;
import dev.avocet.core.Status;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** Makes WebSockets of requests for the live pictures. Thread safe. */
final class LiveUpgrade implements Route.Action {
  private final LiveHub hub;
  private final ServerWebSocketContainer container;

  /** Adds what WebSockets need to a server that has not been started. */
  LiveUpgrade(LiveHub hub, Server server, Limits limits) {
    this.hub = hub;
    this.container = ServerWebSocketContainer.ensure(server);
    container.setIdleTimeout(limits.idle());
    container.setMaxTextMessageSize(limits.messageBytes());
    container.setMaxBinaryMessageSize(limits.messageBytes());
  }

  @Override
  public void run(Call call) {
    if (call.request().getHttpURI().getQuery() != null) {
      throw new Refusal(400, Status.INVALID_ARG, "/api/live takes no query; leave it out");
    }
    if (hub.isFull()) {
      throw new Refusal(503, Status.BUSY, LiveHub.FULL, Map.of("Retry-After", "10"));
    }
    boolean upgraded =
        container.upgrade(
            (request, response, callback) -> {
              // Pictures are compressed already; deflating them costs memory and time for nothing.
              response.setExtensions(List.of());
              return new Viewer(hub);
            },
            call.request(),
            call.response(),
            call.callback());
    if (!upgraded) {
      throw new Refusal(
          426,
          Status.NOT_SUPPORTED,
          "this is a WebSocket; ask for an upgrade to one",
          Map.of("Upgrade", "websocket", "Connection", "Upgrade"));
    }
  }
}
