package dev.avocet.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.board.BoardReading;
import dev.avocet.core.board.BoardReading.Power;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engineless")
class EfficiencyTest {
  private static BoardReading reading(double seconds, OptionalDouble watts) {
    return new BoardReading(
        (long) (seconds * 1e9),
        Optional.empty(),
        new Power(watts, OptionalDouble.empty(), "VDD_IN", List.of()),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void shouldDivideCallsByEnergyOfTheSameTime() {
    Efficiency efficiency = new Efficiency();
    efficiency.answered(100);
    assertThat(efficiency.since(reading(5, OptionalDouble.of(8)))).isEmpty();
    efficiency.answered(30);
    efficiency.answered(10);
    BoardReading second = reading(7, OptionalDouble.of(12));
    assertThat(efficiency.since(second)).hasValue(2);
    efficiency.answered(1000);
    // The same reading, as where several ask at once: the same answer.
    assertThat(efficiency.since(second)).hasValue(2);
    assertThat(efficiency.since(reading(8, OptionalDouble.of(12)))).hasValue(1000 / 12.0);
  }

  @Test
  void shouldKnowNothingWithoutPower() {
    Efficiency efficiency = new Efficiency();
    efficiency.since(reading(1, OptionalDouble.empty()));
    efficiency.answered(10);
    assertThat(efficiency.since(reading(2, OptionalDouble.empty()))).isEmpty();
    assertThat(efficiency.since(reading(3, OptionalDouble.of(5)))).isEmpty();
  }
}
