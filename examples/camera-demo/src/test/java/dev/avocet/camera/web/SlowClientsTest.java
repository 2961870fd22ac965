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
}
