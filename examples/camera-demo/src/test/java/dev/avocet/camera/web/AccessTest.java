package dev.avocet.camera.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AccessTest {
  private static ServedCamera camera;

  @BeforeAll
  static void start() {
    camera = new ServedCamera();
  }

  @AfterAll
  static void stop() {
    camera.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "LOCALHOST:80",
        "192.168.1.7:8080",
        "[::1]:8080",
        "camera.example"
      })
  void shouldAnswerUnderAddressesAndNamesItWasTold(String host) throws IOException {
    assertThat(camera.raw("GET /health HTTP/1.1", "Host: " + host, "Connection: close"))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:8080", "127.0.0.1.evil.example", "camera"})
  void shouldRefuseOtherNames(String host) throws IOException {
    for (String path : List.of("/", "/api/state", "/health", "/metrics", "/nothing")) {
      assertThat(camera.raw("GET " + path + " HTTP/1.1", "Host: " + host, "Connection: close"))
          .startsWith("HTTP/1.1 421")
          .contains("the server does not go by this name");
    }
    String absolute = "GET http://" + host + "/api/state HTTP/1.1";
    assertThat(camera.raw(absolute, "Host: " + host, "Connection: close"))
        .startsWith("HTTP/1.1 421");
    assertThat(camera.raw(absolute, "Host: 127.0.0.1", "Connection: close"))
        .startsWith("HTTP/1.1 4");
  }

  @Test
  void shouldAnswerOldClientsThatNameNoHost() throws IOException {
    assertThat(camera.raw("GET /health HTTP/1.0")).startsWith("HTTP/1.1 200");
    assertThat(camera.raw("GET /health HTTP/1.1")).startsWith("HTTP/1.1 400");
  }

  @ParameterizedTest
  @CsvSource({
    "http://camera.example, camera.example, 204",
    "https://camera.example, camera.example, 204",
    "https://camera.example:443, camera.example, 204",
    "http://CAMERA.example:80, camera.example, 204",
    "http://camera.example:8080, camera.example:8080, 204",
    "http://camera.example:81, camera.example, 403",
    "http://localhost:3000, localhost:8080, 403",
    "http://evil.example, camera.example, 403",
    "http://camera.example.evil.example, camera.example, 403",
    "camera.example, camera.example, 403",
    "null, camera.example, 403",
    "'', camera.example, 403"
  })
  void shouldRefusePagesOfOtherOrigins(String origin, String host, int code) throws IOException {
    assertThat(
            camera.raw(
                "GET /api/token-check HTTP/1.1",
                "Host: " + host,
                "Origin: " + origin,
                "Authorization: Bearer " + ServedCamera.TOKEN,
                "Connection: close"))
        .startsWith("HTTP/1.1 " + code);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/token-check",
    "PUT, /api/model",
    "PUT, /api/score",
    "PUT, /api/sources/door/scene",
    "POST, /api/sources/door/clip",
    "DELETE, /api/clips/door.mp4"
  })
  void shouldAskForTheTokenBeforeAnythingElse(String method, String path) throws Exception {
    HttpResponse<byte[]> without =
        camera.send(camera.request(path).method(method, BodyPublishers.ofString("no JSON")));
    assertThat(without.statusCode()).isEqualTo(401);
    assertThat(without.headers().firstValue("www-authenticate")).isPresent();
    assertThat(ServedCamera.message(without))
        .isEqualTo("this needs the token: send Authorization: Bearer TOKEN");
    assertThat(camera.service.state().path("score").asDouble()).isEqualTo(0.3);
  }

  @Test
  void shouldNotListenToAnAddressThatGuesses() throws Exception {
    String check = "GET /api/token-check HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
    InetAddress guesser = InetAddress.getByName("127.0.0.77");
    for (int i = 0; i < 10; i++) {
      assertThat(from(guesser, check + "Authorization: Bearer guess" + i + "\r\n\r\n"))
          .startsWith("HTTP/1.1 401")
          .contains("the token is wrong");
    }
    String right = check + "Authorization: bearer " + ServedCamera.TOKEN + "\r\n\r\n";
    assertThat(from(guesser, right))
        .startsWith("HTTP/1.1 429")
        .contains("Retry-After: 60", "too many wrong tokens came from this address");
    assertThat(from(InetAddress.getByName("127.0.0.78"), right)).startsWith("HTTP/1.1 204");
    // It may go on looking.
    assertThat(from(guesser, check.replace("token-check", "state") + "\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  private static String from(InetAddress address, String request) throws IOException {
    try (Socket socket = camera.connect(address)) {
      return ServedCamera.raw(socket, request.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void shouldListenAgainAfterAMinute() {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    WrongTokens wrong = new WrongTokens(nanos::get);
    for (int i = 0; i < 9; i++) {
      wrong.add("2001:db8:0:1:0:0:0:" + i);
      wrong.check("2001:db8:0:1:0:0:0:1");
    }
    wrong.add("2001:db8:0:1:9:9:9:9");
    assertThatThrownBy(() -> wrong.check("2001:db8:0:1:7:7:7:7")).hasMessageContaining("wait 61 s");
    wrong.check("2001:db8:0:2:0:0:0:1");
    nanos.addAndGet(59_000_000_000L);
    assertThatThrownBy(() -> wrong.check("2001:db8:0:1:7:7:7:7")).hasMessageContaining("wait 2 s");
    nanos.addAndGet(2_000_000_000L);
    wrong.check("2001:db8:0:1:7:7:7:7");
  }

  @Test
  void shouldMakeUpATokenThatNobodyGuesses() {
    WrongTokens wrong = new WrongTokens(System::nanoTime);
    String one = new Access(Optional.empty(), List.of(), wrong).token();
    assertThat(one).matches("[A-Za-z0-9_-]{24}");
    assertThat(new Access(Optional.empty(), List.of(), wrong).token()).isNotEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "Schlüssel"})
  void shouldRefuseTokensThatNoHeaderCarries(String token) {
    assertThatThrownBy(
            () -> new Access(Optional.of(token), List.of(), new WrongTokens(System::nanoTime)))
        .isInstanceOf(AvocetException.class)
        .hasMessageStartingWith("server.token is empty or has characters other than");
  }
}
