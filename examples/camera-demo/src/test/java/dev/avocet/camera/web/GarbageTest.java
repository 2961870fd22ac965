package dev.avocet.camera.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What makes no sense is refused with a sentence, and the server goes on. */
class GarbageTest {
  private static final List<String> PATHS =
      List.of(
          "/api/model",
          "/api/score",
          "/api/sources/door/scene",
          "/api/sources/door/clip",
          "/api/state",
          "/api/live",
          "/health",
          "/");
  private static ServedCamera camera;

  @BeforeContainer
  static void start() {
    camera = new ServedCamera();
  }

  @AfterContainer
  static void stop() {
    camera.close();
  }

  @AfterProperty
  void shouldStillBeWell() throws IOException, InterruptedException {
    assertThat(camera.isWell()).isTrue();
    assertThat(camera.service.state().path("score").asDouble()).isBetween(0.0, 1.0);
  }

  @Property(tries = 200)
  void shouldTakeBytesThatAreNoHttp(@ForAll @Size(max = 2000) byte[] bytes) throws IOException {
    String answer = raw(bytes);
    assertThat(answer).matches("(?s)|HTTP/1\\.1 [45].*");
  }

  @Property(tries = 200)
  void shouldTakeRequestsThatAreNearlyHttp(@ForAll("nearly") String request) throws IOException {
    String answer = raw(request.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(answer).matches("(?s)|HTTP/1\\.1 .*");
    if (!answer.isEmpty() && !answer.contains(" 304 ")) {
      assertThat(answer).contains("X-Content-Type-Options: nosniff").doesNotContain("\tat ");
      assertThat(answer).doesNotContain("Server:").doesNotContain("etty");
    }
  }

  @Provide
  Arbitrary<String> nearly() {
    Arbitrary<String> method = Arbitraries.of("GET", "PUT", "POST", "get", "", "\0", "CONNECT");
    Arbitrary<String> path =
        Arbitraries.oneOf(Arbitraries.of(PATHS), Arbitraries.strings().ascii().ofMaxLength(40));
    Arbitrary<String> version = Arbitraries.of("HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTP", "");
    Arbitrary<String> header =
        Arbitraries.oneOf(
            Arbitraries.of(
                "Content-Length: -1",
                "Content-Length: 5\r\nContent-Length: 6",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Transfer-Encoding: gzip",
                "Host: a\r\nHost: b",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13",
                "Upgrade: h2c",
                "Expect: 100-continue",
                "Range: bytes=9-1",
                " folded"),
            Arbitraries.strings().withCharRange('\u0001', '\u00FF').ofMaxLength(60));
    return Combinators.combine(method, path, version, header)
        .as((m, p, v, h) -> m + " " + p + " " + v + "\r\nHost: 127.0.0.1\r\n" + h + "\r\n\r\n");
  }

  /** The server may hang up before all was sent. */
  private static String raw(byte[] bytes) throws IOException {
    try {
      return camera.raw(bytes);
    } catch (SocketException e) {
      return "";
    }
  }

  @Property(tries = 300)
  void shouldRefuseJsonThatMakesNoSense(@ForAll("puts") String path, @ForAll("json") String body)
      throws Exception {
    HttpResponse<byte[]> answer = camera.write("PUT", path, body);
    assertThat(answer.statusCode()).as(body).isIn(202, 204, 400, 409);
    if (answer.statusCode() >= 400) {
      assertThat(ServedCamera.message(answer)).as(body).isNotEmpty().doesNotContain("Exception");
    }
  }

  @Provide
  Arbitrary<String> puts() {
    return Arbitraries.of("/api/model", "/api/score", "/api/sources/door/scene");
  }

  @Provide
  Arbitrary<String> json() {
    Arbitrary<String> leaf =
        Arbitraries.of(
            "0",
            "-1",
            "1e999",
            "NaN",
            "0.5",
            "null",
            "true",
            "\"\"",
            "\"door\"",
            "[]",
            "{}",
            "[0,0]",
            "[[0,0],[1,0],[1,1]]",
            "[[1e38,-1e38],[0,0],[0,0]]",
            "9999999999999999999999");
    Arbitrary<String> key =
        Arbitraries.of(
            "score", "model", "device", "lines", "zones", "name", "from", "to", "corners", "labels",
            "anchor", "x");
    Arbitrary<String> small = object(key, leaf);
    Arbitrary<String> nested = Arbitraries.oneOf(leaf, small, small.map(o -> "[" + o + "]"));
    Arbitrary<String> broken = Arbitraries.strings().ascii().ofMaxLength(50);
    return Arbitraries.oneOf(object(key, nested), object(key, nested), leaf, broken);
  }

  private static Arbitrary<String> object(Arbitrary<String> key, Arbitrary<String> value) {
    return Combinators.combine(key, value)
        .as((k, v) -> "\"" + k + "\":" + v)
        .list()
        .ofMaxSize(5)
        .map(fields -> "{" + String.join(",", fields) + "}");
  }

  @Example
  void shouldTakeJsonThatIsDeep() throws Exception {
    for (String path : List.of("/api/model", "/api/score", "/api/sources/door/scene")) {
      for (String open : List.of("[", "{\"a\":", "{\"lines\":[")) {
        HttpResponse<byte[]> answer = camera.write("PUT", path, open.repeat(6000));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(ServedCamera.message(answer)).contains("not JSON");
      }
    }
  }

  @Property(tries = 200)
  void shouldServeNothingThatIsNotThere(@ForAll("paths") String path) throws IOException {
    String answer =
        raw(
            ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(answer).as(path).startsWith("HTTP/1.1 4").contains("\"error\"");
    assertThat(answer).doesNotContain("root:");
  }

  /** Ways out of the folder; each has a part that no file or name has. */
  @Provide
  Arbitrary<String> paths() {
    Arbitrary<String> up =
        Arbitraries.of(
            "..",
            "%2e%2e",
            "%2E.",
            ".%2e",
            "%252e%252e",
            "..;",
            "..%00",
            "%c0%ae%c0%ae",
            "..\\",
            "..%5c",
            "%00",
            "..%2f",
            ".",
            "%u002e");
    Arbitrary<String> start =
        Arbitraries.of("/", "/page/", "/api/", "/api/clips/", "/api/sources/", "//", "/.//");
    Arbitrary<String> end =
        Arbitraries.of("etc/passwd", "index.html%00.png", "CameraServer.class", "api/state");
    return Combinators.combine(start, up.list().ofMinSize(1).ofMaxSize(8), end)
        .as((s, ups, e) -> s + String.join("/", ups) + "/" + e);
  }

  @Example
  void shouldNotBeAWayToOtherServers() throws IOException {
    assertThat(camera.raw("GET http://evil.example/ HTTP/1.1", "Host: evil.example"))
        .startsWith("HTTP/1.1 421");
    assertThat(camera.raw("CONNECT evil.example:443 HTTP/1.1", "Host: evil.example:443"))
        .startsWith("HTTP/1.1 4");
    assertThat(camera.raw("OPTIONS * HTTP/1.1", "Host: 127.0.0.1", "Connection: close"))
        .startsWith("HTTP/1.1 4");
  }

  @Example
  void shouldRefuseBodiesThatAreTooLarge() throws Exception {
    HttpResponse<byte[]> declared = camera.write("PUT", "/api/score", " ".repeat(70_000));
    assertThat(declared.statusCode()).isEqualTo(413);
    assertThat(ServedCamera.message(declared)).contains("larger than 65536 bytes");
    HttpResponse<byte[]> chunked =
        camera.send(
            camera
                .request("/api/score")
                .header("Authorization", "Bearer " + ServedCamera.TOKEN)
                .header("Content-Type", "application/json")
                .PUT(
                    BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(new byte[70_000]))));
    assertThat(chunked.statusCode()).isEqualTo(413);
    assertThat(ServedCamera.message(chunked)).contains("larger than 65536 bytes");
  }

  @Example
  void shouldRefuseBodiesThatAreNotJson() throws Exception {
    HttpResponse<byte[]> answer =
        camera.send(
            camera
                .request("/api/score")
                .header("Authorization", "Bearer " + ServedCamera.TOKEN)
                .header("Content-Type", "text/plain")
                .PUT(BodyPublishers.ofString("{\"score\":0.9}")));
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(ServedCamera.message(answer)).contains("Content-Type: application/json");
  }

  @Example
  void shouldRefuseHeadersAndAddressesThatAreTooLong() throws IOException {
    String long9k = "x".repeat(9000);
    assertThat(camera.raw("GET / HTTP/1.1", "Host: 127.0.0.1", "X: " + long9k))
        .startsWith("HTTP/1.1 431")
        .contains("\"OUT_OF_RANGE\"", "Content-Security-Policy");
    assertThat(camera.raw("GET /" + long9k + " HTTP/1.1", "Host: 127.0.0.1"))
        .startsWith("HTTP/1.1 414");
  }

  @Example
  void shouldMindClientsThatComeAndGo() throws IOException, InterruptedException {
    for (int i = 0; i < 300; i++) {
      try (Socket socket = camera.connect()) {
        OutputStream out = socket.getOutputStream();
        if (i % 3 == 1) {
          out.write("PUT /api/score HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
        } else if (i % 3 == 2) {
          String half =
              "PUT /api/score HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                  + ServedCamera.TOKEN
                  + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"sc";
          out.write(half.getBytes(StandardCharsets.US_ASCII));
        }
        socket.setSoLinger(i % 2 == 0, 0);
      }
    }
    assertThat(camera.isWell()).isTrue();
  }
}
