package dev.avocet.camera.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;

/** Pages that look on, as a browser would. */
public final class LiveClient implements AutoCloseable {
  private final WebSocketClient client = new WebSocketClient();
  private final URI uri;

  LiveClient(URI address) throws Exception {
    this.uri = URI.create(address.resolve("/api/live").toString().replaceFirst("^http", "ws"));
    client.start();
  }

  /** A frame as it came. */
  @SuppressWarnings("ArrayRecordComponent") // Looked at, never compared.
  record Frame(JsonNode json, byte[] jpeg) {}

  /** One page. */
  public static final class Page implements Session.Listener.AutoDemanding {
    private final BlockingQueue<JsonNode> texts = new LinkedBlockingQueue<>();
    private final Map<String, JsonNode> last = new ConcurrentHashMap<>();
    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private volatile Session session;
    private volatile boolean draws;
    private volatile int closedBy;
    private volatile String reason;

    @Override
    public void onWebSocketOpen(Session opened) {
      session = opened;
    }

    @Override
    public void onWebSocketText(String message) {
      try {
        JsonNode json = ServedCamera.MAPPER.readTree(message);
        json.properties().forEach(e -> last.put(e.getKey(), e.getValue()));
        texts.add(json);
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
      byte[] json = new byte[payload.getInt()];
      payload.get(json);
      byte[] jpeg = new byte[payload.remaining()];
      payload.get(jpeg);
      try {
        Frame frame = new Frame(ServedCamera.MAPPER.readTree(json), jpeg);
        frames.add(frame);
        if (draws) {
          drawn(frame);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
      // Told by the opening's future or by the close that follows.
    }

    @Override
    public void onWebSocketClose(int code, String why, Callback callback) {
      reason = why;
      closedBy = code;
      callback.succeed();
    }

    void send(String text) {
      session.sendText(text, Callback.NOOP);
    }

    void send(byte[] bytes) {
      session.sendBinary(ByteBuffer.wrap(bytes), Callback.NOOP);
    }

    /** Answers each frame from now on. */
    void draws() {
      draws = true;
    }

    void drawn(Frame frame) {
      send(
          "{\"drawn\":{\"source\":%s,\"frame\":%s}}"
              .formatted(frame.json().path("source"), frame.json().path("frame")));
    }

    JsonNode text() throws InterruptedException {
      return Optional.ofNullable(texts.poll(20, TimeUnit.SECONDS)).orElseThrow();
    }

    boolean has(String kind) {
      return last.containsKey(kind);
    }

    JsonNode last(String kind) {
      return last.getOrDefault(kind, MissingNode.getInstance());
    }

    List<Frame> frames() {
      return frames;
    }

    Set<String> sources() {
      return frames.stream()
          .map(frame -> frame.json().path("source").asText())
          .collect(Collectors.toSet());
    }

    /** Whether frames come within half a second. */
    boolean grows() {
      int before = frames.size();
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return frames.size() > before;
    }

    boolean isClosed() {
      return closedBy != 0;
    }

    int closedBy() {
      return closedBy;
    }

    String reason() {
      return reason;
    }

    void close() {
      session.close();
    }
  }

  Page open() throws Exception {
    Page page = new Page();
    client.connect(page, uri).get(20, TimeUnit.SECONDS);
    return page;
  }

  Page open(String origin) throws IOException, InterruptedException, ExecutionException {
    Page page = new Page();
    ClientUpgradeRequest request = new ClientUpgradeRequest(uri);
    request.setHeader("Origin", origin);
    client.connect(page, request).get();
    return page;
  }

  /** Opens many at once. */
  List<CompletableFuture<Page>> openAll(int count) throws IOException {
    List<CompletableFuture<Page>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Page page = new Page();
      all.add(client.connect(page, uri).thenApply(session -> page));
    }
    return all;
  }

  @Override
  public void close() {
    LifeCycle.stop(client);
  }
}
