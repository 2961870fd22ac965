package dev.avocet.camera.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.camera.Application;
import dev.avocet.camera.clips.Clips;
import dev.avocet.camera.config.ClipsConfig;
import dev.avocet.camera.seen.Observation;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ClipFilesTest {
  private static final String NAME = "door-2026-11-22T00-12-01Z.mp4";
  private static final byte[] VIDEO = new byte[100_000];

  @TempDir static Path folder;

  private static ServedCamera camera;
  private static Clips clips;

  @BeforeAll
  static void start() throws Exception {
    for (int i = 0; i < VIDEO.length; i++) {
      VIDEO[i] = (byte) (i * 31 + i / 256);
    }
    Files.write(folder.resolve(NAME), VIDEO);
    Files.writeString(folder.resolve("secret.txt"), "secret");
    clips = new Clips(new ClipsConfig(folder.toString(), 1L << 30, 1, 1));
    camera = new ServedCamera(ServedCamera.config(0), Limits.DEFAULT, Optional.of(clips));
  }

  @AfterAll
  static void stop() {
    camera.close();
    clips.close();
  }

  @Test
  void shouldServeAWholeClip() throws Exception {
    HttpResponse<byte[]> all = camera.get("/api/clips/" + NAME);
    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(all.body()).isEqualTo(VIDEO);
    assertThat(all.headers().firstValue("content-type")).hasValue("video/mp4");
    assertThat(all.headers().firstValue("accept-ranges")).hasValue("bytes");
    HttpResponse<byte[]> head =
        camera.send(camera.request("/api/clips/" + NAME).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.headers().firstValue("content-length")).hasValue("100000");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-, 0, 100000",
    "bytes=99990-, 99990, 100000",
    "bytes=-10, 99990, 100000",
    "bytes=500-70000, 500, 70001",
    "bytes=5-999999, 5, 100000"
  })
  void shouldServeAPart(String range, int from, int to) throws Exception {
    HttpResponse<byte[]> part =
        camera.send(camera.request("/api/clips/" + NAME).header("Range", range));
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(VIDEO, from, to));
    assertThat(part.statusCode()).isEqualTo(to - from == VIDEO.length ? 200 : 206);
    if (part.statusCode() == 206) {
      assertThat(part.headers().firstValue("content-range"))
          .hasValue("bytes %d-%d/100000".formatted(from, to - 1));
    }
  }

  @Test
  void shouldServeTheWholeWhereAPartMakesNoSense() throws Exception {
    String path = "/api/clips/" + NAME;
    assertThat(camera.send(camera.request(path).header("Range", "bytes=1-2,5-6")).statusCode())
        .isEqualTo(200);
    assertThat(
            camera
                .send(camera.request(path).header("Range", "bytes=1-2").header("If-Range", "\"x\""))
                .statusCode())
        .isEqualTo(200);
    HttpResponse<byte[]> beyond =
        camera.send(camera.request(path).header("Range", "bytes=100000-"));
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.headers().firstValue("content-range")).hasValue("bytes */100000");
  }

  @Test
  void shouldListRecordAndDeleteClips() throws Exception {
    assertThat(camera.write("POST", "/api/sources/attic/clip", "").statusCode()).isEqualTo(404);
    // Not any frame: those seen before the clips were added to the service have no picture.
    Application.await(
        "pictures come",
        () -> camera.service.latest("yard").flatMap(Observation::jpeg).isPresent());
    assertThat(camera.write("POST", "/api/sources/yard/clip", "").statusCode()).isEqualTo(202);
    Application.await("the clip is there", () -> names().contains("yard-"));
    JsonNode yard = null;
    for (JsonNode one : ServedCamera.json(camera.get("/api/clips"))) {
      if (one.path("source").asText().equals("yard")) {
        yard = one;
      }
    }
    String path = "/api/clips/" + yard.path("name").asText();
    assertThat(camera.get(path).statusCode()).isEqualTo(200);
    assertThat(camera.write("DELETE", path, "").statusCode()).isEqualTo(204);
    assertThat(camera.get(path).statusCode()).isEqualTo(404);
    HttpResponse<byte[]> again = camera.write("DELETE", path, "");
    assertThat(again.statusCode()).isEqualTo(404);
    assertThat(ServedCamera.message(again)).contains("GET /api/clips lists those there are");
    assertThat(camera.get("/api/clips/secret.txt").statusCode()).isEqualTo(404);
  }

  private static String names() {
    return clips.list().toString();
  }
}
