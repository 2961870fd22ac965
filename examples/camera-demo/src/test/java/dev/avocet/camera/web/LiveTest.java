package dev.avocet.camera.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.camera.Application;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class LiveTest {
  private static ServedCamera camera;
  private LiveClient client;

  @BeforeAll
  static void start() {
    camera = new ServedCamera();
  }

  @AfterAll
  static void stop() {
    camera.close();
  }

  @BeforeEach
  void connect() throws Exception {
    client = new LiveClient(camera.server.address());
  }

  @AfterEach
  void disconnect() throws Exception {
    client.close();
    Application.await("nobody looks on", () -> viewers(camera) == 0);
    assertThat(camera.isWell()).isTrue();
  }

  private static int viewers(ServedCamera served) {
    return (int) served.registry.get("avocet.page.viewers").gauge().value();
  }

  @Test
  void shouldSendTheStateAtFirstAndTheStatsEverySecond() throws Exception {
    LiveClient.Page page = client.open();
    JsonNode first = page.text();
    assertThat(first.at("/state/sources/0/name").asText()).isEqualTo("door");
    Application.await("stats come", () -> page.has("stats"));
    camera.service.score(0.7);
    Application.await(
        "the new state comes", () -> page.last("state").path("score").asDouble() == 0.7);
    Application.await(
        "the viewer is counted", () -> page.last("stats").path("viewers").asInt() == 1);
    assertThat(page.frames()).isEmpty();
  }

  @Test
  void shouldSendAFrameWhenTheLastIsDrawn() throws Exception {
    LiveClient.Page page = client.open();
    page.send("{\"watch\":[\"door\",\"nowhere\"]}");
    Application.await("a frame comes", () -> !page.frames().isEmpty());
    // Some ten frames' time, in which none may come.
    Thread.sleep(1000);
    assertThat(page.frames()).hasSize(1);
    LiveClient.Frame first = page.frames().get(0);
    assertThat(first.json().path("source").asText()).isEqualTo("door");
    assertThat(first.json().path("objects").isArray()).isTrue();
    assertThat(first.jpeg()).startsWith(0xFF, 0xD8, 0xFF);
    page.send("{\"drawn\":{\"source\":\"door\",\"frame\":-5}}");
    Thread.sleep(300);
    assertThat(page.frames()).hasSize(1);
    page.draws();
    page.drawn(first);
    Application.await("more frames come", () -> page.frames().size() >= 5);
    List<Long> numbers = page.frames().stream().map(f -> f.json().path("frame").asLong()).toList();
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
    // The newest one wins: what came while the first was not drawn is passed over.
    assertThat(numbers.get(2) - numbers.get(0)).isGreaterThan(5);
    String metrics = camera.registry.scrape();
    assertThat(metrics).containsPattern("avocet_page_frames_total\\{result=\"passed\"} [1-9]");
    JsonNode stats = ServedCamera.json(camera.get("/api/stats"));
    assertThat(stats.at("/sources/0/latency_ms/page/p50").asDouble()).isPositive();
  }

  @Test
  void shouldSendNothingOfASourceThatIsNotWatchedAnyMore() throws Exception {
    LiveClient.Page page = client.open();
    page.draws();
    page.send("{\"watch\":[\"door\",\"yard\"]}");
    Application.await("frames of both come", () -> page.sources().size() == 2);
    page.send("{\"watch\":[]}");
    Application.await("pictures are not wanted", () -> !page.grows());
    page.send("{\"watch\":[\"yard\"]}");
    Application.await("frames come", () -> page.grows());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "[]",
        "{\"watch\":[1]}",
        "{\"drawn\":{\"source\":\"door\"}}",
        "{\"drawn\":{\"source\":\"door\",\"frame\":\"x\"}}",
        "{\"token\":\"x\"}"
      })
  void shouldHangUpWithASentenceWhenAMessageMakesNoSense(String message) throws Exception {
    LiveClient.Page page = client.open();
    page.send(message);
    Application.await("it hangs up", page::isClosed);
    assertThat(page.closedBy()).isEqualTo(StatusCode.POLICY_VIOLATION);
    assertThat(page.reason()).startsWith("message");
    assertThat(camera.isWell()).isTrue();
  }

  @Test
  void shouldHangUpOnMessagesThatAreBinaryOrTooLarge() throws Exception {
    LiveClient.Page binary = client.open();
    binary.send(new byte[] {1, 2, 3});
    Application.await("it hangs up", binary::isClosed);
    assertThat(binary.closedBy()).isEqualTo(StatusCode.BAD_DATA);
    LiveClient.Page large = client.open();
    large.send("{\"watch\":[\"" + "x".repeat(5000) + "\"]}");
    Application.await("it hangs up", large::isClosed);
    assertThat(large.closedBy()).isEqualTo(StatusCode.MESSAGE_TOO_LARGE);
  }

  @Test
  void shouldTakeSixtyFourOfTwoHundredPages() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    List<LiveClient.Page> pages = new ArrayList<>();
    for (var opening : client.openAll(200)) {
      try {
        pages.add(opening.get());
      } catch (ExecutionException e) {
        assertThat(e).hasMessageContaining("503");
        refused.incrementAndGet();
      }
    }
    Application.await("some are left", () -> viewers(camera) == 64);
    Application.await(
        "the others were refused or hung up on",
        () -> refused.get() + pages.stream().filter(LiveClient.Page::isClosed).count() == 200 - 64);
    pages.stream()
        .filter(LiveClient.Page::isClosed)
        .forEach(page -> assertThat(page.closedBy()).isEqualTo(StatusCode.TRY_AGAIN_LATER));
    for (LiveClient.Page page : pages) {
      if (!page.isClosed()) {
        page.draws();
        page.send("{\"watch\":[\"door\"]}");
      }
    }
    Application.await(
        "all that are left get frames",
        () -> pages.stream().filter(page -> !page.frames().isEmpty()).count() >= 64);
    assertThat(camera.isWell()).isTrue();
    pages.forEach(LiveClient.Page::close);
    Application.await("nobody looks on", () -> viewers(camera) == 0);
    assertThat(client.open().text().has("state")).isTrue();
  }

  @Test
  void shouldNotMindAPageThatNeverReads() throws Exception {
    try (ServedCamera hasty = new ServedCamera(LimitsOf.silence(Duration.ofSeconds(4)));
        LiveClient others = new LiveClient(hasty.server.address())) {
      LiveClient.Page other = others.open();
      other.draws();
      other.send("{\"watch\":[\"door\"]}");
      try (Socket deaf = hasty.connect()) {
        upgrade(deaf, hasty.port());
        Application.await("both look on", () -> viewers(hasty) == 2);
        int before = other.frames().size();
        Application.await("the other one goes on", () -> other.frames().size() > before + 20);
        Application.await("the deaf one is dropped", () -> viewers(hasty) == 1);
        assertThat(other.isClosed()).isFalse();
        assertThat(hasty.isWell()).isTrue();
      }
    }
  }

  /** Asks for a WebSocket and watches, but never reads. */
  private static void upgrade(Socket socket, int port) throws Exception {
    String ask =
        String.join(
            "\r\n",
            "GET /api/live HTTP/1.1",
            "Host: 127.0.0.1:%d",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "",
            "");
    socket.getOutputStream().write(ask.formatted(port).getBytes(StandardCharsets.ISO_8859_1));
    byte[] watch = "{\"watch\":[\"door\"]}".getBytes(StandardCharsets.UTF_8);
    // A text frame, masked with zeros.
    socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) (0x80 | watch.length)});
    socket.getOutputStream().write(new byte[4]);
    socket.getOutputStream().write(watch);
  }

  @Test
  void shouldHangUpOnBytesThatAreNoWebSocketFrames() throws Exception {
    try (Socket socket = camera.connect(InetAddress.getLoopbackAddress())) {
      upgrade(socket, camera.port());
      Application.await("it looks on", () -> viewers(camera) == 1);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\n\r\n".repeat(20).getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(in.readAllBytes()).isNotEmpty();
    }
  }

  @Test
  void shouldRefusePagesOfAnotherOrigin() {
    assertThatThrownBy(() -> client.open("http://evil.example")).hasMessageContaining("403");
    assertThatThrownBy(() -> client.open("null")).hasMessageContaining("403");
    assertThat(viewers(camera)).isZero();
  }

  @Test
  void shouldTakeLeaveWhenItIsClosed() throws Exception {
    CameraServer second =
        CameraServer.start(
            ServedCamera.config(0),
            camera.service,
            Optional.empty(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    try (LiveClient viewers = new LiveClient(second.address())) {
      LiveClient.Page page = viewers.open("http://127.0.0.1:" + second.address().getPort());
      page.text();
      second.close();
      Application.await("it hangs up", page::isClosed);
      assertThat(page.closedBy()).isEqualTo(StatusCode.SHUTDOWN);
      assertThat(page.reason()).isEqualTo("the server stops");
    }
  }
}
