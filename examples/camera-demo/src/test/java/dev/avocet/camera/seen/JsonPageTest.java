package dev.avocet.camera.seen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avocet.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What docs/json.md says of observations. */
class JsonPageTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode example() throws IOException {
    Path page = Path.of(System.getProperty("avocet.root"), "docs", "json.md");
    boolean inside = false;
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("## ")) {
        inside = line.startsWith("## `camera`");
      } else if (inside && line.startsWith("    {")) {
        return JSON.readTree(line);
      }
    }
    throw new AssertionError("no example of camera in " + page);
  }

  @Test
  void shouldBeWhatIsPublished() throws IOException {
    Found person =
        new Found(
            OptionalLong.of(3),
            0,
            "person",
            0.91f,
            Optional.of(new Box(310.5f, 96, 402, 388.5f)),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Happening event = new Happening(Happening.Kind.LINE_IN, "gate", 3, 0, "person");
    Observation seen =
        new Observation(
            "door",
            12,
            Instant.parse("2026-11-22T00:12:01.123Z"),
            OptionalDouble.of(480),
            0,
            768,
            432,
            "yolox_nano",
            List.of(person),
            List.of(event),
            Map.of(
                "gate", Map.of("in", 2L, "out", 1L), "desk", Map.of("inside", 1L, "entered", 4L)),
            Optional.empty());

    JsonNode published = JSON.readTree(SeenJson.of(seen).toString());

    assertThat(published).isEqualTo(example());
    List<String> names = new ArrayList<>();
    example().fieldNames().forEachRemaining(names::add);
    assertThat(published.fieldNames()).toIterable().containsExactlyElementsOf(names);
  }
}
