package dev.avocet.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.board.Board;
import dev.avocet.core.board.BoardReading;
import dev.avocet.core.board.Boards;
import dev.avocet.testing.RecordedBoard;
import dev.avocet.testing.Scrape;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardMetersTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void shouldShowWhatARecordedBoardSays(@TempDir Path root) {
    RecordedBoard.unpack("agx-orin", root);
    Board board = Boards.at(root);
    new BoardMeters(board).bindTo(registry);
    BoardReading reading = board.read();
    Map<String, Double> scrape = Scrape.values(registry.scrape());
    assertThat(reading.temperatures()).isNotEmpty();
    assertThat(reading.power().rails()).isNotEmpty();
    assertThat(reading.power().watts()).isPresent();
    for (BoardReading.Temperature part : reading.temperatures()) {
      assertThat(scrape)
          .containsEntry(
              "avocet_board_temperature_celsius{part=\"%s\"}".formatted(part.name()),
              part.celsius());
    }
    for (BoardReading.Rail rail : reading.power().rails()) {
      assertThat(scrape)
          .containsEntry(
              "avocet_board_rail_power_watts{rail=\"%s\"}".formatted(rail.name()), rail.watts());
    }
    for (BoardReading.Clock clock : reading.clocks()) {
      assertThat(scrape)
          .containsEntry(
              "avocet_board_clock_hertz{part=\"%s\"}".formatted(clock.name()), clock.hertz());
    }
    assertThat(scrape)
        .containsEntry("avocet_board_throttling", (double) reading.throttling().size());
    assertThat(scrape)
        .containsEntry("avocet_board_power_watts", reading.power().watts().getAsDouble());
  }

  @Test
  void shouldShowTheProcessorsLoadOfThisMachine() {
    new BoardMeters().bindTo(registry);
    assertThat(Scrape.values(registry.scrape()).get("avocet_board_load_ratio{part=\"cpu\"}"))
        .isBetween(0.0, 1.0);
  }
}
