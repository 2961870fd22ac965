package dev.avocet.camera.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What answers have in common. Stateless. */
final class Answer {
  private static final String POLICY =
      "default-src 'self'; img-src 'self' blob: data:; connect-src 'self'; object-src 'none';"
          + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private Answer() {}

  /** Puts the headers that every answer has. */
  static void secure(HttpFields.Mutable headers, boolean tls) {
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put(
        "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    if (tls) {
      headers.put("Strict-Transport-Security", "max-age=31536000");
    }
  }

  static void json(Response response, Callback callback, int code, JsonNode json) {
    bytes(
        response,
        callback,
        code,
        "application/json",
        json.toString().getBytes(StandardCharsets.UTF_8));
  }

  static void bytes(Response response, Callback callback, int code, String type, byte[] bytes) {
    response.setStatus(code);
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, type);
    if (!headers.contains(HttpHeader.CACHE_CONTROL)) {
      headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    }
    headers.put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }

  /** An answer that is no more than its code. */
  static void empty(Response response, Callback callback, int code) {
    response.setStatus(code);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, null, callback);
  }

  static void refuse(Response response, Callback callback, Refusal refusal) {
    refusal.headers().forEach(response.getHeaders()::put);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("error")
        .put("status", refusal.status().name())
        .put("message", refusal.getMessage());
    json(response, callback, refusal.code(), json);
  }
}
