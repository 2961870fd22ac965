package dev.avocet.camera.publish;

import dev.avocet.camera.config.ResultsConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A web server that is sent each message by POST. One request at a time; redirects are not
 * followed, and of an answer only its status and {@code Retry-After} count. A server that cannot be
 * reached is waited for; a message that it fails on, or does not answer for, is given up after some
 * attempts. Confined to one thread.
 */
final class WebhookDestination implements Destination {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final long ANSWER_SECONDS = 10;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final int MOST_ATTEMPTS = 5;
  private static final String ALGORITHM = "HmacSHA256";

  private final URI uri;

  /** What messages call the server: its address may have secrets in its path and query. */
  private final String server;

  private final Optional<byte[]> secret;
  private final HttpClient client;

  /** How often the message that comes next has failed. */
  private int attempts;

  WebhookDestination(ResultsConfig.Webhook config) {
    uri = URI.create(config.url());
    server = config.server();
    secret =
        config
            .secretFile()
            .map(file -> Secrets.read("secret_file", file).getBytes(StandardCharsets.UTF_8));
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT);
    config.authorityFile().ifPresent(file -> builder.sslContext(Authority.trusting(file)));
    client = builder.build();
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public Outcome publish(List<Message> messages) {
    if (messages.isEmpty()) {
      return Outcome.delivered(0);
    }
    // One, so that nothing waits for sixteen servers' worth of time-outs.
    Outcome outcome = post(messages.get(0).json());
    if (outcome.delivered() + outcome.refused() > 0) {
      attempts = 0;
    }
    return outcome;
  }

  private Outcome post(byte[] json) {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request(json), ignored -> new Drain());
    try {
      return judge(answer.get(ANSWER_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      return again("does not answer within " + ANSWER_SECONDS + " s", Duration.ZERO);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      String reason =
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
        return Outcome.tryAgain(0, "%s: cannot be reached: %s".formatted(server, reason));
      }
      if (!(cause instanceof IOException)) {
        throw new IllegalStateException(cause);
      }
      return again("the connection broke: " + reason, Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.tryAgain(0, server + ": ended while it was being asked");
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest request(byte[] json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(ANSWER_SECONDS))
            .header("Content-Type", "application/json")
            .header("User-Agent", "avocet")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json));
    if (secret.isPresent()) {
      String time = Long.toString(Instant.now().getEpochSecond());
      request.header("X-Avocet-Time", time);
      request.header("X-Avocet-Signature", "sha256=" + signature(secret.get(), time, json));
    }
    return request.build();
  }

  /** HMAC-SHA256 of the time, a dot and the body, in hexadecimal digits. */
  static String signature(byte[] secret, String time, byte[] json) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(json));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      // Every Java platform has it, and every key that is not empty will do.
      throw new IllegalStateException(e);
    }
  }

  private Outcome judge(HttpResponse<Void> response) {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return Outcome.delivered(1);
    }
    if (status / 100 == 5 || status == 429) {
      return again("answers " + status, retryAfter(response));
    }
    String advice =
        status / 100 == 3
            ? "redirects are not followed; give the final address"
            : "see its log; what it refuses is not sent again";
    return Outcome.refused(0, "%s: answers %d: %s".formatted(server, status, advice));
  }

  private Outcome again(String what, Duration wait) {
    attempts++;
    return attempts < MOST_ATTEMPTS
        ? new Outcome(0, 0, "%s: %s".formatted(server, what), wait)
        : new Outcome(
            0, 1, "%s: %s, %d times for one message".formatted(server, what, attempts), wait);
  }

  /** What {@code Retry-After} asks for, in seconds or as a date; at most five minutes. */
  private static Duration retryAfter(HttpResponse<Void> response) {
    String value = response.headers().firstValue("Retry-After").orElse("").strip();
    Duration wait = Duration.ZERO;
    if (value.matches("[0-9]{1,9}")) {
      wait = Duration.ofSeconds(Long.parseLong(value));
    } else if (!value.isEmpty()) {
      try {
        ZonedDateTime until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
        wait = Duration.between(Instant.now(), until.toInstant());
      } catch (DateTimeException e) {
        return Duration.ZERO;
      }
    }
    return wait.isNegative()
        ? Duration.ZERO
        : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  /** Nothing to do: requests have ended, idle connections end with the client. */
  @Override
  public void close() {}
}
