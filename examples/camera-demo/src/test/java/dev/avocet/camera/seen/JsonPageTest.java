package dev.avocet.camera.seen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avocet.Box;
import dev.avocet.KeyPoint;
import dev.avocet.Pose;
import dev.avocet.core.model.Skeleton;
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

  @Test
  void shouldNameKeyPointsAndSayWhichAreJoined() throws IOException {
    Skeleton skeleton = new Skeleton(List.of("head", "tail"), List.of(new Skeleton.Limb(0, 1)));
    List<KeyPoint> points =
        List.of(new KeyPoint(1, 2, 0.5f), new KeyPoint(3, 4, 0.25f), new KeyPoint(5, 6, 1));
    JsonNode known = published(new Pose(points, skeleton));
    assertThat(known.at("/key_points/1"))
        .isEqualTo(
            JSON.readTree("{'name':'tail','x':3.0,'y':4.0,'score':0.25}".replace('\'', '"')));
    assertThat(known.at("/key_points/2/name").isNull()).isTrue();
    assertThat(known.get("limbs")).isEqualTo(JSON.readTree("[[0,1]]"));
    assertThat(published(new Pose(points)).has("limbs")).isFalse();
  }

  private static JsonNode published(Pose pose) throws IOException {
    Found cat =
        new Found(
            OptionalLong.empty(),
            0,
            "cat",
            0.5f,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.of(pose),
            Optional.empty());
    Observation seen =
        new Observation(
            "door",
            0,
            Instant.EPOCH,
            OptionalDouble.empty(),
            0,
            10,
            10,
            "cats",
            List.of(cat),
            List.of(),
            Map.of(),
            Optional.empty());
    return JSON.readTree(SeenJson.of(seen).toString()).at("/objects/0");
  }
}
