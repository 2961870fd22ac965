package dev.avocet.camera.web;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.core.WebSocketConnection;

/**
 * Hangs up on clients that take too long over the head of a request. The idle time-out does not
 * notice those that send a byte now and then to keep a connection from others. Confined to one
 * caller at a time.
 */
final class SlowClients {
  private final ServerConnector connector;
  private final long mostNanos;
  private IdentityHashMap<EndPoint, Wait> waits = new IdentityHashMap<>();

  /** How many requests there were before the one that is waited for, and since when. */
  private record Wait(long requests, long since) {}

  SlowClients(ServerConnector connector, Duration most) {
    this.connector = connector;
    this.mostNanos = most.toNanos();
  }

  /** Looks at all connections. */
  void check() {
    long now = System.nanoTime();
    IdentityHashMap<EndPoint, Wait> seen = new IdentityHashMap<>();
    for (EndPoint client : connector.getConnectedEndPoints()) {
      Connection connection = decrypted(client.getConnection());
      if (connection == null || connection instanceof WebSocketConnection) {
        continue;
      }
      long requests = connection.getMessagesIn();
      if (requests > connection.getMessagesOut()) {
        continue;
      }
      Wait before = waits.get(client);
      if (before == null || before.requests() != requests) {
        seen.put(client, new Wait(requests, now));
      } else if (now - before.since() < mostNanos) {
        seen.put(client, before);
      } else {
        client.close(new TimeoutException("no request came"));
      }
    }
    waits = seen;
  }

  private static Connection decrypted(Connection connection) {
    return connection instanceof SslConnection tls
        ? tls.getSslEndPoint().getConnection()
        : connection;
  }
}
