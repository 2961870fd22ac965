package dev.avocet.camera.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowClientsTest {
  private static final String HEAD = "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ";
  private static final String BODY =
      String.join(
          "\r\n",
          "PUT /api/score HTTP/1.1",
          "Host: 127.0.0.1",
          "Authorization: Bearer right-token",
          "Content-Type: application/json",
          "Content-Length: 1000",
          "",
          "");

  @Test
  void shouldHangUpOnClientsThatSendAByteNowAndThen() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (ServedCamera camera = new ServedCamera(LimitsOf.request(Duration.ofSeconds(3)))) {
      for (int i = 0; i < 100; i++) {
        Socket socket = camera.connect();
        sockets.add(socket);
        String begin = i % 2 == 0 ? HEAD : BODY;
        socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
      }
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      int open = sockets.size();
      while (open > 0 && System.nanoTime() < end) {
        Thread.sleep(200);
        open = (int) sockets.stream().filter(SlowClientsTest::drips).count();
        assertThat(camera.isWell()).isTrue();
      }
      assertThat(open).isZero();
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /** Whether one more byte goes through. */
  private static boolean drips(Socket socket) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(' ');
      if (socket.getInputStream().available() > 0) {
        // An answer, that it took too long; after it the server hangs up.
        assertThat(socket.getInputStream().readNBytes(12))
            .asString(StandardCharsets.US_ASCII)
            .isEqualTo("HTTP/1.1 408");
        return false;
      }
      return true;
    } catch (SocketException e) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldLetAClientWaitBetweenRequestsThatItSendsAtOnce() throws Exception {
    try (ServedCamera camera = new ServedCamera(LimitsOf.request(Duration.ofSeconds(3)));
        Socket socket = camera.connect()) {
      for (int i = 0; i < 5; i++) {
        socket
            .getOutputStream()
            .write(
                "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        Thread.sleep(1000);
        byte[] answer = new byte[socket.getInputStream().available()];
        assertThat(socket.getInputStream().readNBytes(answer, 0, answer.length)).isPositive();
        assertThat(new String(answer, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200");
      }
    }
  }

  private static String head(String method, String... headers) {
    return "%s /api/score HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n\r\n"
        .formatted(method, String.join("\r\n", headers));
  }

  @Test
  void shouldTakeTheRestOfABodyThatIsRefusedAndGoOn() throws Exception {
    try (ServedCamera camera = new ServedCamera();
        Socket socket = camera.connect()) {
      String refused = head("PUT", "Content-Type: application/json", "Content-Length: 600000");
      socket.getOutputStream().write(refused.getBytes(StandardCharsets.US_ASCII));
      byte[] part = new byte[100_000];
      for (int i = 0; i < 6; i++) {
        Thread.sleep(50);
        socket.getOutputStream().write(part);
      }
      String answers =
          ServedCamera.raw(
              socket, head("GET", "Connection: close").getBytes(StandardCharsets.US_ASCII));
      assertThat(answers).startsWith("HTTP/1.1 401").contains("HTTP/1.1 405");
    }
  }

  @Test
  void shouldHangUpOnAClientThatNeverSendsTheBodyThatWasRefused() throws Exception {
    try (ServedCamera camera = new ServedCamera(LimitsOf.request(Duration.ofSeconds(2)));
        Socket socket = camera.connect()) {
      String refused = head("PUT", "Content-Type: application/json", "Content-Length: 1000");
      socket.getOutputStream().write(refused.getBytes(StandardCharsets.US_ASCII));
      // Ends with the connection.
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(new String(answer, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 401");
      assertThat(camera.isWell()).isTrue();
    }
  }

  @Test
  void shouldHangUpOnAClientThatSendsFarTooMuch() throws Exception {
    try (ServedCamera camera = new ServedCamera();
        Socket socket = camera.connect()) {
      OutputStream out = socket.getOutputStream();
      String refused = head("PUT", "Content-Type: application/json", "Transfer-Encoding: chunked");
      out.write(refused.getBytes(StandardCharsets.US_ASCII));
      byte[] part =
          ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      long sent = 0;
      try {
        for (; sent < 100 << 20; sent += part.length) {
          out.write(part);
        }
      } catch (SocketException e) {
        // The server has hung up.
        assertThat(sent).isGreaterThan(1 << 20);
      }
      assertThat(sent).isLessThan(100 << 20);
      assertThat(camera.isWell()).isTrue();
    }
  }
}
