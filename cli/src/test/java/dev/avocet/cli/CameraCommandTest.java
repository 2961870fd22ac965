package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code avocet camera} from its options to its end; what it does is tested where it lives. */
@Tag("onnxruntime")
@Timeout(120)
class CameraCommandTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void shouldRunUntilItIsToldToEndAndKeepWhatThePageHasChanged(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path config = folder.resolve("camera.json");
    String scene =
        "{\"lines\":[{\"name\":\"gate\",\"from\":[0.5,0.0],\"to\":[0.5,1.0],\"labels\":[],"
            + "\"anchor\":\"centre\"}],\"zones\":[]}";
    try (Started first = new Started("--source", "belt=demo://", "--config", config.toString())) {
      assertThat(first.get("/api/state").get("sources").get(0).get("name").asText())
          .isEqualTo("belt");
      HttpRequest change =
          HttpRequest.newBuilder(first.page.resolve("/api/sources/belt/scene"))
              .header("Authorization", "Bearer " + first.token)
              .header("Content-Type", "application/json")
              .PUT(HttpRequest.BodyPublishers.ofString(scene))
              .build();
      assertThat(client.send(change, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(204);
      assertThat(first.end()).isEqualTo(143);
    }
    JsonNode kept = new ObjectMapper().readTree(config.toFile());
    assertThat(kept.get("server").get("port").asInt()).as("that of another start").isEqualTo(8080);
    try (Started again =
        new Started("--source", "belt=test://?fps=5", "--config", config.toString())) {
      JsonNode source = again.get("/api/state").get("sources").get(0);
      assertThat(source.get("input").asText()).isEqualTo("test://?fps=5");
      assertThat(source.get("scene")).isEqualTo(new ObjectMapper().readTree(scene));
      assertThat(again.end()).isEqualTo(143);
    }
  }

  @Test
  void shouldSayWhatIsWrongBeforeAnythingRuns(@TempDir Path folder) throws IOException {
    Path config = Files.writeString(folder.resolve("c.json"), "{\"sorces\": []}");
    Cli.run("camera", "--config", config.toString()).assertFailed(2, "sorces");
    Cli.run("camera", "--source", "a=test://", "--source", "a=demo://").assertFailed(3, "name a");
    Cli.run("camera", "--source", "door=", "--port", "0").assertFailed(2, "expected a camera");
    Cli.run("camera", "--score", "2").assertFailed(2, "score=2.0: expected 0 to 1");
    Cli.run("camera", "-m", folder.toString(), "--source", "a=test://")
        .assertFailed(3, folder.toString());
  }

  @Test
  void shouldSayThatThePortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Cli.run("camera", "--source", "a=test://", "--port", Integer.toString(port))
          .assertFailed(1, Integer.toString(port));
    }
  }

  /** The command in a process of its own, once its page is there. */
  private final class Started implements AutoCloseable {
    final Process process;
    final URI page;
    final String token;

    Started(String... options) throws IOException {
      List<String> arguments = new ArrayList<>(List.of("camera", "--port", "0"));
      arguments.addAll(List.of(options));
      process =
          new ProcessBuilder(Cli.command(List.of(), arguments.toArray(String[]::new)))
              .redirectErrorStream(true)
              .start();
      BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
      String prefix = "avocet: the page is at ";
      String line = said.readLine();
      while (line != null && !line.startsWith(prefix)) {
        line = said.readLine();
      }
      assertThat(line).isNotNull();
      String[] parts = line.substring(prefix.length()).split("#token=", 2);
      page = URI.create(parts[0]);
      token = parts[1];
    }

    JsonNode get(String path) throws IOException, InterruptedException {
      HttpRequest request = HttpRequest.newBuilder(page.resolve(path)).build();
      return new ObjectMapper()
          .readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    int end() throws InterruptedException {
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it has ended").isTrue();
      return process.exitValue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
