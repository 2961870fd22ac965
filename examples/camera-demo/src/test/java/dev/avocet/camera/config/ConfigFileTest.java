package dev.avocet.camera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Point;
import dev.avocet.core.Status;
import dev.avocet.track.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  private static final CameraConfig WHOLE =
      new CameraConfig(
          List.of(
              new SourceConfig(
                  "door",
                  "rtsp://host/door",
                  Optional.of("models/people"),
                  new Scene(
                      List.of(
                          new Scene.Line(
                              "gate",
                              new Point(0.25f, 0.5f),
                              new Point(0.75f, 0.5f),
                              Set.of("person"),
                              Scene.Anchor.BOTTOM)),
                      List.of(
                          new Scene.Zone(
                              "desk",
                              List.of(new Point(0, 0), new Point(1, 0), new Point(0, 1)),
                              Set.of(),
                              Scene.Anchor.CENTRE)))),
              new SourceConfig("yard", "camera:0")),
          Optional.of("models/parcels"),
          List.of("models/other"),
          "openvino:CPU",
          0.25,
          new ServerConfig(
              "0.0.0.0",
              443,
              Optional.of("a-token-of-enough-length"),
              List.of("box.example"),
              Optional.of("chain.pem"),
              Optional.of("key.pem")),
          new ResultsConfig(
              Optional.of(new ResultsConfig.Lines("seen.jsonl", 1 << 20)),
              Optional.of(
                  new ResultsConfig.Mqtt(
                      "ssl://broker:8883",
                      "site/{source}",
                      1,
                      true,
                      Optional.of("me"),
                      Optional.of("password.txt"),
                      Optional.of("ca.pem"))),
              Optional.of(
                  new ResultsConfig.Webhook(
                      "https://host/hook",
                      true,
                      Optional.of("secret.txt"),
                      Optional.of("web.pem")))),
          Optional.of(new ClipsConfig("clips", 1 << 30, 4, 6)));

  @Test
  void shouldReadWhatItHasWritten(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new/camera.json");
    ConfigFile.write(file, WHOLE);
    assertThat(ConfigFile.read(file)).isEqualTo(WHOLE);
    ConfigFile.write(file, CameraConfig.DEFAULT);
    assertThat(ConfigFile.read(file)).isEqualTo(CameraConfig.DEFAULT);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(file.getParent()).isDirectoryContaining(p -> p.endsWith("camera.json"));
    assertThat(file.getParent().toFile().list()).hasSize(1);
  }

  @Test
  void shouldTakeDefaultsForWhatIsNotSaid() {
    assertThat(ConfigFile.parse("c.json", "{}")).isEqualTo(CameraConfig.DEFAULT);
  }

  @Test
  void shouldNameThePlaceOfAMistake() {
    assertMistake("{\"sorces\": []}", "$.sorces");
    assertMistake("{\"server\": {\"port\": \"x\"}}", "$.server.port: expected a whole number");
    assertMistake(
        "{\"sources\": [{\"name\": \"a\", \"input\": \"b\", \"scene\": {\"lines\": [{\"name\": \"l\","
            + " \"from\": [0], \"to\": [1, 1]}]}}]}",
        "$.sources[0].scene.lines[0].from: expected [x, y]");
    assertMistake("{\"clips\": {\"folder\": \"c\", \"quota_bytes\": -1}}", "quota_bytes");
    assertMistake("{\"score\": 7}", "score");
    assertMistake("[", "c.json");
  }

  private static void assertMistake(String json, String words) {
    assertThatThrownBy(() -> ConfigFile.parse("c.json", json))
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARG))
        .hasMessageContaining(words);
  }
}
