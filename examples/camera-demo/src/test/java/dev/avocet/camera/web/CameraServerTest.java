package dev.avocet.camera.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.camera.Application;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CameraServerTest {
  private static ServedCamera camera;

  @BeforeAll
  static void start() throws InterruptedException {
    camera = new ServedCamera();
    Application.await("frames are seen", () -> camera.service.latest("door").isPresent());
  }

  @AfterAll
  static void stop() {
    camera.close();
  }

  @Test
  void shouldServeThePage() throws Exception {
    HttpResponse<byte[]> page = camera.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-type")).hasValue("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("cache-control")).hasValue("no-cache");
    assertThat(new String(page.body(), java.nio.charset.StandardCharsets.UTF_8)).contains("<html");
    String tag = page.headers().firstValue("etag").orElseThrow();
    HttpResponse<byte[]> again = camera.send(camera.request("/").header("If-None-Match", tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(camera.get("/index.html").body()).isEqualTo(page.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/api/state", "/api/stats", "/health", "/metrics", "/nothing", "/api/clips"})
  void shouldPutSecurityHeadersOnEveryAnswer(String path) throws Exception {
    var headers = camera.get(path).headers();
    assertThat(headers.firstValue("content-security-policy").orElse(""))
        .contains("default-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(headers.firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(headers.firstValue("referrer-policy")).hasValue("no-referrer");
    assertThat(headers.firstValue("cross-origin-opener-policy")).hasValue("same-origin");
    assertThat(headers.firstValue("cross-origin-resource-policy")).hasValue("same-origin");
    assertThat(headers.firstValue("permissions-policy")).isPresent();
    assertThat(headers.firstValue("strict-transport-security")).isEmpty();
    assertThat(headers.firstValue("server")).isEmpty();
  }

  @Test
  void shouldTellStateStatsAndWhatWasSeen() throws Exception {
    JsonNode state = ServedCamera.json(camera.get("/api/state"));
    assertThat(state.at("/sources/0/name").asText()).isEqualTo("door");
    assertThat(state.path("score").asDouble()).isEqualTo(0.3);
    JsonNode stats = ServedCamera.json(camera.get("/api/stats"));
    assertThat(stats.path("viewers").asInt(-1)).isZero();
    assertThat(stats.path("clips").isNull()).isTrue();
    JsonNode latest = ServedCamera.json(camera.get("/api/sources/door/latest.json"));
    assertThat(latest.path("source").asText()).isEqualTo("door");
    assertThat(latest.path("width").asInt()).isEqualTo(320);
  }

  @Test
  void shouldGiveTheLatestPictureThoughNobodyLooksOn() throws Exception {
    HttpResponse<byte[]> picture = camera.get("/api/sources/yard/latest.jpg");
    assertThat(picture.statusCode()).isEqualTo(200);
    assertThat(picture.headers().firstValue("content-type")).hasValue("image/jpeg");
    assertThat(picture.body()).startsWith(0xFF, 0xD8, 0xFF);
  }

  @Test
  void shouldTellHealthAndMetrics() throws Exception {
    assertThat(camera.isWell()).isTrue();
    HttpResponse<byte[]> metrics = camera.get("/metrics");
    assertThat(metrics.headers().firstValue("content-type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(new String(metrics.body(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("avocet_page_viewers 0.0");
  }

  @Test
  void shouldAnswerHeadWithoutABody() throws Exception {
    for (String path : new String[] {"/", "/api/state", "/api/sources/door/latest.jpg"}) {
      HttpResponse<byte[]> head =
          camera.send(camera.request(path).method("HEAD", BodyPublishers.noBody()));
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(head.headers().firstValueAsLong("content-length").orElse(0)).isPositive();
    }
  }

  @Test
  void shouldRefuseOtherMethodsAndSayWhichThereAre() throws Exception {
    for (String method : new String[] {"POST", "OPTIONS", "TRACE", "PATCH", "BREW"}) {
      HttpResponse<byte[]> answer =
          camera.send(camera.request("/api/state").method(method, BodyPublishers.noBody()));
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().firstValue("allow")).hasValue("GET, HEAD");
      assertThat(ServedCamera.message(answer)).isEqualTo("ask here by GET, HEAD");
    }
    HttpResponse<byte[]> clip =
        camera.send(camera.request("/api/clips/a.mp4").PUT(BodyPublishers.noBody()));
    assertThat(clip.headers().firstValue("allow")).hasValue("DELETE, GET, HEAD");
  }

  @Test
  void shouldRefuseWhatThereIsNotWithASentence() throws Exception {
    HttpResponse<byte[]> source = camera.get("/api/sources/nowhere/latest.json");
    assertThat(source.statusCode()).isEqualTo(404);
    assertThat(ServedCamera.message(source)).contains("source=nowhere");
    HttpResponse<byte[]> clips = camera.get("/api/clips");
    assertThat(clips.statusCode()).isEqualTo(404);
    assertThat(ServedCamera.message(clips)).contains("no clips are recorded here");
    HttpResponse<byte[]> live = camera.get("/api/live");
    assertThat(live.statusCode()).isEqualTo(426);
    assertThat(live.headers().firstValue("upgrade")).hasValue("websocket");
  }

  @Test
  void shouldChangeScoreAndSceneByTheToken() throws Exception {
    assertThat(camera.write("PUT", "/api/score", "{\"score\":0.5}").statusCode()).isEqualTo(204);
    String scene =
        "{\"lines\":[{\"name\":\"gate\",\"from\":[0.1,0.5],\"to\":[0.9,0.5]}],\"zones\":[]}";
    assertThat(camera.write("PUT", "/api/sources/door/scene", scene).statusCode()).isEqualTo(204);
    JsonNode state = ServedCamera.json(camera.get("/api/state"));
    assertThat(state.path("score").asDouble()).isEqualTo(0.5);
    assertThat(state.at("/sources/0/scene/lines/0/name").asText()).isEqualTo("gate");
    assertThat(camera.write("PUT", "/api/score", "{\"score\":0.3}").statusCode()).isEqualTo(204);
  }

  @Test
  void shouldRefuseBodiesThatMakeNoSense() throws Exception {
    refuse(400, "INVALID_ARG", "score=2.0", "/api/score", "{\"score\":2}");
    refuse(
        400,
        "INVALID_ARG",
        "body: $.scroe is not known here",
        "/api/score",
        "{\"score\":0.9,\"scroe\":1}");
    refuse(400, "INVALID_ARG", "not JSON at line 1", "/api/score", "{\"score\":");
    refuse(400, "INVALID_ARG", "expected an object", "/api/score", "[]");
    refuse(400, "INVALID_ARG", "model", "/api/model", "{\"model\":\"nothing\",\"device\":\"cpu\"}");
    refuse(404, "FILE_NOT_FOUND", "source=attic", "/api/sources/attic/scene", "{}");
    assertThat(camera.service.state().path("score").asDouble()).isEqualTo(0.3);
  }

  private static void refuse(int code, String status, String words, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = camera.write("PUT", path, body);
    assertThat(answer.statusCode()).isEqualTo(code);
    assertThat(ServedCamera.json(answer).at("/error/status").asText()).isEqualTo(status);
    assertThat(ServedCamera.message(answer)).contains(words);
  }

  @Test
  void shouldRefuseAPortThatIsInUse() {
    assertThatThrownBy(
            () ->
                CameraServer.start(
                    ServedCamera.config(camera.port()),
                    camera.service,
                    Optional.empty(),
                    new io.micrometer.prometheusmetrics.PrometheusMeterRegistry(
                        io.micrometer.prometheusmetrics.PrometheusConfig.DEFAULT)))
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.FAIL))
        .hasMessage(
            "host=127.0.0.1 port=%d cannot be listened at (Address already in use);"
                    .formatted(camera.port())
                + " choose another port, or end what has it");
  }

  @Test
  void shouldLeaveNoThreadWhenItIsClosed() throws Exception {
    Set<Long> before = threads();
    for (int i = 0; i < 3; i++) {
      try (CameraServer server =
          CameraServer.start(
              ServedCamera.config(0),
              camera.service,
              Optional.empty(),
              new io.micrometer.prometheusmetrics.PrometheusMeterRegistry(
                  io.micrometer.prometheusmetrics.PrometheusConfig.DEFAULT))) {
        assertThat(server.address().getPort()).isPositive();
        assertThat(threads()).hasSizeGreaterThan(before.size());
      }
    }
    Application.await("the threads have ended", () -> before.containsAll(threads()));
  }

  private static Set<Long> threads() {
    TreeSet<Long> ids = new TreeSet<>();
    Thread.getAllStackTraces()
        .keySet()
        .forEach(
            thread -> {
              if (thread.getName().startsWith("avocet-web")) {
                ids.add(thread.getId());
              }
            });
    return ids;
  }
}
