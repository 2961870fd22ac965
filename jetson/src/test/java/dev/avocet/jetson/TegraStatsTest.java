package dev.avocet.jetson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.core.board.BoardReading;
import dev.avocet.core.board.BoardReading.Clock;
import dev.avocet.core.board.BoardReading.Rail;
import dev.avocet.core.board.BoardReading.Temperature;
import dev.avocet.testing.RecordedBoard;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TegraStatsTest {
  private static List<String> lines() {
    try {
      return Files.readAllLines(RecordedBoard.boards().resolve("tegrastats.txt"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static BoardReading reading(int line) {
    return TegraStats.parse(lines().get(line)).orElseThrow();
  }

  private static double hertz(BoardReading reading, String name) {
    return reading.clocks().stream()
        .filter(clock -> clock.name().equals(name))
        .mapToDouble(Clock::hertz)
        .findFirst()
        .orElse(-1);
  }

  @Test
  void shouldReadJetPack4OnAgxXavier() {
    BoardReading reading = reading(0);
    assertThat(reading.load("cpu")).hasValueCloseTo(0.2, within(1e-9));
    assertThat(reading.load("gpu")).hasValue(0);
    assertThat(reading.load("memory")).hasValueCloseTo(14700.0 / 15692, within(1e-9));
    assertThat(hertz(reading, "cpu")).isEqualTo(2265e6);
    assertThat(hertz(reading, "gpu")).isEqualTo(-1);
    assertThat(reading.power().rails())
        .extracting(Rail::name)
        .containsExactly("GPU", "CPU", "SOC", "CV", "VDDRQ", "SYS5V");
    assertThat(reading.power().watts()).hasValueCloseTo(7.632, within(1e-9));
    assertThat(reading.hottest()).map(Temperature::name).contains("CPU");
  }

  @Test
  void shouldReadJetPack5OnAgxOrin() {
    BoardReading reading = reading(1);
    assertThat(reading.load("cpu")).hasValueCloseTo(0.035, within(1e-9));
    assertThat(reading.load("gpu")).hasValueCloseTo(0.07, within(1e-9));
    assertThat(hertz(reading, "gpu")).isEqualTo(306e6);
    assertThat(hertz(reading, "emc")).isEqualTo(204e6);
    assertThat(reading.power().of()).isEqualTo("VDD_GPU_SOC + VDD_CPU_CV + VIN_SYS_5V0");
    assertThat(reading.power().watts()).hasValueCloseTo(6.708, within(1e-9));
    assertThat(reading.temperatures())
        .extracting(Temperature::name)
        .containsExactly("CPU", "Tboard", "SOC2", "Tdiode", "tj");
  }

  @Test
  void shouldReadJetPack6OnOrinNano() {
    BoardReading reading = reading(2);
    assertThat(reading.load("gpu")).hasValueCloseTo(0.87, within(1e-9));
    assertThat(hertz(reading, "gpu")).isEqualTo(1020e6);
    assertThat(reading.power().of()).isEqualTo("VDD_IN");
    assertThat(reading.power().watts()).hasValueCloseTo(7.5, within(1e-9));
    assertThat(reading.load("emc")).hasValueCloseTo(0.12, within(1e-9));
  }

  @Test
  void shouldReadJetPack7OnOrinAndThor() {
    BoardReading orin = reading(3);
    assertThat(orin.load("gpu")).hasValueCloseTo(0.12, within(1e-9));
    assertThat(hertz(orin, "gpu")).isEqualTo(1300e6);
    assertThat(orin.power().watts()).hasValueCloseTo(13.907, within(1e-9));
    assertThat(orin.temperatures())
        .extracting(Temperature::celsius)
        .containsExactly(52.968, 47.625);
    BoardReading thor = reading(4);
    assertThat(thor.load("gpu")).isEmpty();
    assertThat(thor.load("cpu")).hasValueCloseTo(0.025, within(1e-9));
    assertThat(hertz(thor, "gpu")).isEqualTo(1574e6);
    assertThat(hertz(thor, "cpu")).isEqualTo(2601e6);
    assertThat(hertz(thor, "emc")).isEqualTo(4266e6);
    assertThat(thor.power().of()).isEqualTo("VIN");
    assertThat(thor.power().watts()).hasValueCloseTo(28.906, within(1e-9));
  }

  @Test
  void shouldSayNothingOfWhatItDoesNotKnow() {
    assertThat(TegraStats.parse("")).isEmpty();
    assertThat(TegraStats.parse("tegrastats: command not found")).isEmpty();
    assertThat(TegraStats.parse("RAM 1/0MB CPU [off,off] EMC_FREQ off NC 5mW/5mW")).isEmpty();
  }

  @Property(tries = 300)
  void shouldTakeAnyText(@ForAll String text) {
    TegraStats.parse(text).ifPresent(TegraStatsTest::assertPlausible);
  }

  @Property(tries = 500)
  void shouldTakeDamagedLines(
      @ForAll @IntRange(max = 4) int line,
      @ForAll @IntRange(max = 700) int from,
      @ForAll @IntRange(max = 40) int length,
      @ForAll @StringLength(max = 12) @CharRange(from = ' ', to = '~') String inserted) {
    String text = lines().get(line);
    int start = Math.min(from, text.length());
    int end = Math.min(start + length, text.length());
    TegraStats.parse(text.substring(0, start) + inserted + text.substring(end))
        .ifPresent(TegraStatsTest::assertPlausible);
  }

  private static void assertPlausible(BoardReading reading) {
    assertThat(reading.loads()).allMatch(load -> load.share() >= 0 && load.share() <= 1);
    double[] numbers =
        java.util.stream.DoubleStream.concat(
                reading.power().rails().stream().mapToDouble(Rail::watts),
                reading.clocks().stream().mapToDouble(Clock::hertz))
            .toArray();
    assertThat(Arrays.stream(numbers)).allMatch(Double::isFinite);
  }
}
