package dev.avocet.camera.web;

import dev.avocet.camera.seen.Observation;
import dev.avocet.camera.seen.SeenJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A frame on its way to viewers: 4 bytes with the length of what follows, big-endian, the
 * observation as JSON in UTF-8, the picture as a JPEG file. Written once, by the first that sends
 * it. Thread safe.
 */
final class LiveFrame {
  private final Observation seen;
  private byte[] message;

  LiveFrame(Observation seen) {
    this.seen = seen;
  }

  Observation seen() {
    return seen;
  }

  /** What is sent; read-only, each caller's own. */
  synchronized ByteBuffer message() {
    if (message == null) {
      byte[] json = SeenJson.of(seen).toString().getBytes(StandardCharsets.UTF_8);
      byte[] jpeg = seen.jpeg().orElseThrow();
      message =
          ByteBuffer.allocate(Integer.BYTES + json.length + jpeg.length)
              .putInt(json.length)
              .put(json)
              .put(jpeg)
              .array();
    }
    return ByteBuffer.wrap(message).asReadOnlyBuffer();
  }
}
