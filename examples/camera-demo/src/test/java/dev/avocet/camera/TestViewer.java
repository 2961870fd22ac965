package dev.avocet.camera;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Watches sources as a page does, and says of every frame that it has drawn it. */
public final class TestViewer implements WebSocket.Listener, AutoCloseable {
  private final ObjectMapper mapper = new ObjectMapper();
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private final AtomicLong frames = new AtomicLong();
  private final WebSocket socket;

  /** Connects to an application and watches these sources. */
  public TestViewer(URI address, String... sources) {
    URI live = URI.create(address.toString().replaceFirst("^http", "ws")).resolve("/api/live");
    socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(live, this).join();
    socket
        .sendText(
            mapper
                .createObjectNode()
                .<JsonNode>set("watch", mapper.valueToTree(sources))
                .toString(),
            true)
        .join();
  }

  /** Frames that came. */
  public long frames() {
    return frames.get();
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
    byte[] bytes = new byte[part.remaining()];
    part.get(bytes);
    message.writeBytes(bytes);
    from.request(1);
    if (!last) {
      return null;
    }
    ByteBuffer whole = ByteBuffer.wrap(message.toByteArray());
    message.reset();
    byte[] header = new byte[whole.getInt()];
    whole.get(header);
    try {
      JsonNode seen = mapper.readTree(header);
      frames.incrementAndGet();
      String drawn =
          "{\"drawn\":{\"source\":\"%s\",\"frame\":%d}}"
              .formatted(seen.get("source").asText(), seen.get("frame").asLong());
      return from.sendText(drawn, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
