package dev.avocet.camera.web;

import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.ByteRange;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Serves videos as browsers ask for them: a part at a time (RFC 9110, section 14). Where several
 * parts are asked for at once, the whole file is answered, which the RFC leaves open. Stateless.
 */
final class ClipFiles {
  private ClipFiles() {}

  static void answer(Path file, Request request, Response response, Callback callback)
      throws IOException {
    long size = Files.size(file);
    String tag = "\"%x-%x\"".formatted(size, Files.getLastModifiedTime(file).toMillis());
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, type(file));
    headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
    headers.put(HttpHeader.ETAG, tag);
    headers.put(HttpHeader.ACCEPT_RANGES, "bytes");
    ByteRange part = part(request, tag, size);
    if (part.getLength() < size) {
      response.setStatus(206);
      headers.put(HttpHeader.CONTENT_RANGE, part.toHeaderValue(size));
    }
    headers.put(HttpHeader.CONTENT_LENGTH, part.getLength());
    if (HttpMethod.HEAD.is(request.getMethod())) {
      response.write(true, null, callback);
    } else {
      Content.copy(Content.Source.from(file, part.first(), part.getLength()), response, callback);
    }
  }

  private static String type(Path file) {
    String type = MimeTypes.DEFAULTS.getMimeByExtension(file.toString());
    return type == null ? "application/octet-stream" : type;
  }

  /** What is asked for; a part of what the file was before it changed is not. */
  private static ByteRange part(Request request, String tag, long size) {
    ByteRange whole = new ByteRange(0, size - 1);
    String since = request.getHeaders().get(HttpHeader.IF_RANGE);
    List<String> wanted = request.getHeaders().getValuesList(HttpHeader.RANGE);
    if (wanted.isEmpty() || (since != null && !since.equals(tag))) {
      return whole;
    }
    List<ByteRange> parts = ByteRange.parse(wanted, size);
    if (parts.isEmpty()) {
      throw new Refusal(
          416,
          Status.OUT_OF_RANGE,
          "the file has no such part; it has " + size + " bytes",
          Map.of("Content-Range", ByteRange.toNonSatisfiableHeaderValue(size)));
    }
    return parts.size() == 1 ? parts.get(0) : whole;
  }
}
