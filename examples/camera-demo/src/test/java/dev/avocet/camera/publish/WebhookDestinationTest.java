package dev.avocet.camera.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.camera.TestCertificate;
import dev.avocet.camera.config.ResultsConfig;
import dev.avocet.camera.seen.SeenJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookDestinationTest {
  private static final Message MESSAGE = new Message("door", "{}".getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder;

  @Test
  void shouldPostEachObservationInOrder() throws IOException, InterruptedException {
    try (WebServer server = new WebServer(WebServer.status(204));
        Publishers publishers = server.publishers("/hook?a=b")) {
      Seen.frames(publishers, 0, 30);
      Seen.until(10, () -> Seen.count(publishers, "published") == 30, publishers);

      assertThat(server.requests()).hasSize(30);
      for (int i = 0; i < 30; i++) {
        WebServer.Request request = server.requests().get(i);
        assertThat(request.method() + " " + request.path()).isEqualTo("POST /hook?a=b");
        assertThat(request.body()).isEqualTo(SeenJson.of(Seen.frame("door", i)).toString());
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(request.headers().getFirst("User-Agent")).isEqualTo("avocet");
        assertThat(request.headers()).doesNotContainKey("X-avocet-signature");
      }
      assertThat(Seen.stats(publishers).toString())
          .isEqualTo(
              "{\"name\":\"webhook\",\"state\":\"ok\",\"published\":30,\"dropped\":0,\"failed\":0,"
                  + "\"message\":\"\"}");
    }
  }

  @Test
  void shouldTrustNoOtherServerThanOneItWasToldTo()
      throws IOException, InterruptedException, GeneralSecurityException {
    TestCertificate certificate = TestCertificate.create(folder, "web", "EC");
    TestCertificate other = TestCertificate.create(folder, "other", "EC");
    try (WebServer server =
        new WebServer(WebServer.status(204), Optional.of(certificate.serving()))) {
      try (Publishers publishers = Seen.publishers(trusting(server, other))) {
        Seen.frames(publishers, 0, 1);
        Seen.until(10, () -> !Seen.message(publishers).isEmpty(), publishers);
        assertThat(Seen.message(publishers)).contains("PKIX path");
      }
      assertThat(server.requests()).isEmpty();
      try (Publishers publishers = Seen.publishers(trusting(server, certificate))) {
        Seen.frames(publishers, 0, 5);
        Seen.until(10, () -> Seen.count(publishers, "published") == 5, publishers);
      }
      assertThat(server.requests()).hasSize(5);
    }
  }

  private static ResultsConfig.Webhook trusting(WebServer server, TestCertificate authority) {
    return new ResultsConfig.Webhook(
        server.address() + "/hook",
        false,
        Optional.empty(),
        Optional.of(authority.certificate().toString()));
  }

  @Test
  void shouldSignTimeAndBody() throws IOException, InterruptedException, GeneralSecurityException {
    Path secret = Files.writeString(folder.resolve("secret"), "a key\n");
    try (WebServer server = new WebServer(WebServer.status(200));
        Publishers publishers =
            Seen.publishers(
                new ResultsConfig.Webhook(
                    server.address(), true, Optional.of(secret.toString()), Optional.empty()))) {
      Seen.frames(publishers, 0, 5);
      publishers.seen(Seen.frame("door", 5, Seen.EVENT));
      Seen.until(10, () -> Seen.count(publishers, "published") == 1, publishers);

      WebServer.Request request = server.requests().get(0);
      String time = request.headers().getFirst("X-Avocet-Time");
      assertThat(Long.parseLong(time))
          .isBetween(Instant.now().getEpochSecond() - 20, Instant.now().getEpochSecond());
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("a key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] hash = mac.doFinal((time + "." + request.body()).getBytes(StandardCharsets.UTF_8));
      assertThat(request.headers().getFirst("X-Avocet-Signature"))
          .isEqualTo("sha256=" + HexFormat.of().formatHex(hash));
      assertThat(request.body()).contains("\"kind\":\"line_in\"");
    }
  }

  @Test
  void shouldWaitForAServerThatIsAway() throws IOException, InterruptedException {
    try (WebServer server = new WebServer(WebServer.status(200));
        Publishers publishers = server.publishers("/secret-path")) {
      Seen.frames(publishers, 0, 5);
      Seen.until(10, () -> Seen.count(publishers, "published") == 5, publishers);
      server.stop();
      Seen.frames(publishers, 5, 8);
      Seen.until(10, () -> Seen.state(publishers).equals("trouble"), publishers);
      assertThat(Seen.message(publishers)).startsWith(server.address() + ": ");
      assertThat(Seen.message(publishers)).doesNotContain("secret-path");

      server.again();
      Seen.until(20, () -> Seen.count(publishers, "published") == 8, publishers);
      assertThat(Seen.count(publishers, "failed")).isZero();
      assertThat(Seen.message(publishers)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"500", "503", "429"})
  void shouldTryAgainWhenTheServerFails(int status) throws IOException, InterruptedException {
    WebServer.Answer answer =
        (exchange, number) -> exchange.sendResponseHeaders(number < 2 ? status : 200, -1);
    try (WebServer server = new WebServer(answer);
        Publishers publishers = server.publishers("/")) {
      Seen.frames(publishers, 0, 2);
      Seen.until(10, () -> Seen.state(publishers).equals("trouble"), publishers);
      assertThat(Seen.message(publishers)).isEqualTo(server.address() + ": answers " + status);
      Seen.until(10, () -> Seen.count(publishers, "published") == 2, publishers);

      assertThat(server.requests()).hasSize(4);
      assertThat(server.requests().get(2).body()).isEqualTo(server.requests().get(0).body());
      assertThat(Seen.count(publishers, "failed")).isZero();
    }
  }

  /** A destination without its publisher, who would wait. */
  private static WebhookDestination destination(WebServer server) {
    return new WebhookDestination(
        new ResultsConfig.Webhook(server.address(), false, Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "2,2",
    "0,0",
    "100000,300",
    "99999999999,0",
    "-5,0",
    "soon,0",
    "'Fri, 01 Jan 2100 00:00:00 GMT',300",
    "'Thu, 01 Jan 1970 00:00:00 GMT',0"
  })
  void shouldWaitAsLongAsTheServerAsks(String retryAfter, int seconds) throws IOException {
    WebServer.Answer answer =
        (exchange, number) -> {
          exchange.getResponseHeaders().set("Retry-After", retryAfter);
          exchange.sendResponseHeaders(429, -1);
        };
    try (WebServer server = new WebServer(answer);
        WebhookDestination destination = destination(server)) {
      assertThat(destination.publish(List.of(MESSAGE)))
          .isEqualTo(
              new Outcome(0, 0, server.address() + ": answers 429", Duration.ofSeconds(seconds)));
    }
  }

  @Test
  void shouldGiveAMessageUpThatTheServerFailsOn() throws IOException {
    try (WebServer server = new WebServer(WebServer.status(500));
        WebhookDestination destination = destination(server)) {
      Outcome again = Outcome.tryAgain(0, server.address() + ": answers 500");
      for (int message = 0; message < 2; message++) {
        for (int i = 0; i < 4; i++) {
          assertThat(destination.publish(List.of(MESSAGE))).isEqualTo(again);
        }
        assertThat(destination.publish(List.of(MESSAGE)))
            .isEqualTo(
                Outcome.refused(0, server.address() + ": answers 500, 5 times for one message"));
      }
    }
  }

  @Test
  void shouldCountWhatTheServerRefuses() throws IOException, InterruptedException {
    WebServer.Answer answer =
        (exchange, number) -> exchange.sendResponseHeaders(number == 0 ? 403 : 200, -1);
    try (WebServer server = new WebServer(answer);
        Publishers publishers = server.publishers("/")) {
      Seen.frames(publishers, 0, 2);
      Seen.until(10, () -> Seen.count(publishers, "failed") == 1, publishers);
      assertThat(Seen.message(publishers))
          .isEqualTo(
              server.address() + ": answers 403: see its log; what it refuses is not sent again");
      Seen.until(10, () -> Seen.count(publishers, "published") == 1, publishers);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void shouldFollowNoRedirect() throws IOException, InterruptedException {
    try (WebServer elsewhere = new WebServer(WebServer.status(200))) {
      WebServer.Answer answer =
          (exchange, number) -> {
            exchange.getResponseHeaders().set("Location", elsewhere.address() + "/");
            exchange.sendResponseHeaders(307, -1);
          };
      try (WebServer server = new WebServer(answer);
          Publishers publishers = server.publishers("/")) {
        Seen.frames(publishers, 0, 1);
        Seen.until(10, () -> Seen.count(publishers, "failed") == 1, publishers);
        assertThat(Seen.message(publishers))
            .isEqualTo(
                server.address()
                    + ": answers 307: redirects are not followed; give the final address");
        assertThat(elsewhere.requests()).isEmpty();
      }
    }
  }

  @Test
  void shouldReadNoMoreOfAHugeAnswerThanItNeeds() throws IOException, InterruptedException {
    WebServer.Answer endless =
        (exchange, number) -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          byte[] block = new byte[1 << 16];
          // A gigabyte, where nobody hangs up.
          for (int i = 0; i < 1 << 14; i++) {
            body.write(block);
          }
        };
    try (WebServer server = new WebServer(endless);
        Publishers publishers = server.publishers("/")) {
      long start = System.nanoTime();
      Seen.frames(publishers, 0, 3);
      Seen.until(10, () -> Seen.count(publishers, "published") == 3, publishers);
      assertThat((System.nanoTime() - start) / 1e9).isLessThan(8);
    }
  }

  @Tag("slow")
  @Test
  void shouldNotWaitForASlowServerWhenItEnds() throws IOException, InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    WebServer.Answer slow =
        (exchange, number) -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (WebServer server = new WebServer(slow)) {
      Publishers publishers = server.publishers("/");
      long start = System.nanoTime();
      Seen.frames(publishers, 0, 3000);
      assertThat((System.nanoTime() - start) / 1e9).isLessThan(2);
      publishers.close();
      assertThat((System.nanoTime() - start) / 1e9).isLessThan(14);
      assertThat(Seen.state(publishers)).isEqualTo("closed");
      assertThat(Seen.count(publishers, "dropped")).isEqualTo(3000);
    }
  }
}
