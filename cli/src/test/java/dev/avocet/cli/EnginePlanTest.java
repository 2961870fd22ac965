package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avocet.core.net.Engines;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Preprocessing inside of OpenVINO's networks gives the answers of the ordinary way. */
class EnginePlanTest {
  private static final String DEVICE = "openvino:CPU";

  @BeforeEach
  void needOpenVino() {
    boolean usable =
        Engines.installed().stream()
            .anyMatch(e -> e.name().equals("openvino") && e.unavailable().isEmpty());
    assumeTrue(usable, "skipped: OpenVINO is not there, it was left out of this build");
  }

  @Test
  void shouldSayWhereAPassIsRun() {
    // Releases before 2026 cannot pad.
    assertThat(Cli.run("info", "--device", DEVICE, "--plan", "engine").out())
        .containsAnyOf(
            "one pass inside of the network: ",
            "not inside of the network (this release of OpenVINO does not pad)");
    assertThat(Cli.run("info", "--device", DEVICE).out()).contains("one pass with OpenCV: ");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void shouldFindTheSameCodes(int picture) throws JsonProcessingException {
    JsonNode usual = detect(picture, "fused");
    JsonNode inside = detect(picture, "engine");
    assertThat(inside.size()).isEqualTo(usual.size()).isPositive();
    for (int i = 0; i < usual.size(); i++) {
      JsonNode a = inside.get(i);
      JsonNode b = usual.get(i);
      assertThat(a.path("label")).isEqualTo(b.path("label"));
      assertThat(a.path("score").asDouble()).isCloseTo(b.path("score").asDouble(), within(0.01));
      for (int edge = 0; edge < 4; edge++) {
        assertThat(a.path("box").get(edge).asDouble())
            .isCloseTo(b.path("box").get(edge).asDouble(), within(1.0));
      }
    }
  }

  private static JsonNode detect(int picture, String plan) throws JsonProcessingException {
    Cli.Result result =
        Cli.run("detect", "--json", "--device", DEVICE, "--plan", plan, Cli.picture(picture));
    assertThat(result.exitCode()).as(result::err).isZero();
    return new ObjectMapper().readTree(result.out()).path("detections");
  }

  /** Those of transforms alone show pixels, which may differ by one step. */
  @Test
  void shouldAgreeWithTheReference() throws IOException {
    Path all = Path.of(System.getProperty("avocet.shared"), "conformance", "cases");
    boolean there = Files.isDirectory(all);
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI has to have " + all);
    }
    assumeTrue(there, "skipped: there is no " + all);
    try (DirectoryStream<Path> cases =
        Files.newDirectoryStream(all, "{det,cls,transform-letter}-*")) {
      int count = 0;
      for (Path one : cases) {
        Cli.Result result =
            Cli.run("conformance", "--device", DEVICE, "--plan", "engine", one.toString());
        assertThat(result.exitCode()).as(result.out()).isZero();
        count++;
      }
      assertThat(count).isGreaterThan(10);
    }
  }
}
