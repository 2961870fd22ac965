package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.Stats;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LayerFactsTest {
  private static Stats.Layer layer(int i, long micros) {
    return new Stats.Layer("layer" + i, "Type", "kernel", 5, Duration.ofNanos(micros * 1000 + 49));
  }

  @Test
  void shouldPrintTheTenSlowestAndWriteAllAsTheyCome() throws IOException {
    List<Stats.Layer> layers =
        IntStream.range(0, 12).mapToObj(i -> layer(i, 1000 + (i * 7) % 12)).toList();
    JsonNode json = LayerFacts.json(layers);
    assertThat(json).hasSize(12);
    assertThat(json.get(1).toString())
        .isEqualTo(
            "{\"name\":\"layer1\",\"type\":\"Type\",\"kernel\":\"kernel\",\"count\":5,"
                + "\"mean_ms\":1.007}");
    JsonPage.assertItems("bench", "layers", json);
    assertThat(LayerFacts.slowest(json).lines())
        .hasSize(12)
        .contains(
            "  slowest layers  type  kernel  runs  mean ms",
            "  layer1  ".stripTrailing() + "          Type  kernel     5    1.007")
        .noneMatch(line -> line.contains("layer0 ") || line.contains("1.001"))
        .satisfies(lines -> assertThat(lines.get(2)).startsWith("  layer5 ").endsWith("1.011"));
  }

  @Test
  void shouldPrintNothingWhereNoLayerIsTimed() {
    assertThat(LayerFacts.slowest(LayerFacts.json(List.of()))).isEmpty();
  }
}
