package dev.avocet.jetson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.core.board.Board;
import dev.avocet.core.board.BoardFacts;
import dev.avocet.core.board.BoardReading;
import dev.avocet.core.board.BoardReading.Clock;
import dev.avocet.core.board.BoardReading.Fan;
import dev.avocet.core.board.BoardReading.Load;
import dev.avocet.core.board.BoardReading.Rail;
import dev.avocet.core.board.BoardReading.Temperature;
import dev.avocet.core.board.Boards;
import dev.avocet.testing.RecordedBoard;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every board by its recorded files. */
class JetsonBoardTest {
  @TempDir Path folder;

  private RecordedBoard files;

  private Board board(String name) {
    files = RecordedBoard.unpack(name, folder);
    Board board = Boards.at(folder);
    assertThat(board).isInstanceOf(JetsonBoard.class);
    return board;
  }

  private static OptionalDouble of(double value) {
    return OptionalDouble.of(value);
  }

  @Test
  void shouldTellWhatAnOrinNanoSuperIs() {
    BoardFacts facts = board("orin-nano-super").facts();
    assertThat(facts.model())
        .contains("NVIDIA Jetson Orin Nano Engineering Reference Developer Kit Super");
    assertThat(facts.module()).contains("p3767-0005");
    assertThat(facts.soc()).contains("tegra234");
    assertThat(facts.serial()).contains("1420000000001");
    assertThat(facts.system()).contains("JetPack 6.2 (L4T 36.4.3)");
    assertThat(facts.memoryBytes()).hasValue(7802444L * 1024);
  }

  @Test
  void shouldReadAnOrinNanoSuper() {
    BoardReading reading = board("orin-nano-super").read();
    assertThat(reading.mode()).contains("MAXN_SUPER");
    assertThat(reading.power().of()).isEqualTo("VDD_IN");
    assertThat(reading.power().watts()).hasValueCloseTo(7.5, within(1e-9));
    assertThat(reading.power().rails())
        .extracting(Rail::name)
        .containsExactly("VDD_IN", "VDD_CPU_GPU_CV", "VDD_SOC");
    assertThat(reading.power().joules()).isEmpty();
    assertThat(reading.temperatures())
        .containsExactly(
            new Temperature("cpu", 51.25, of(99)),
            new Temperature("gpu", 52.062, OptionalDouble.empty()),
            new Temperature("tj", 52.062, OptionalDouble.empty()));
    assertThat(reading.hottest()).map(Temperature::celsius).contains(52.062);
    assertThat(reading.clocks())
        .containsExactly(
            new Clock("gpu", 1020e6, of(1020e6)),
            new Clock("cpu", 1728e6, of(1728e6)),
            new Clock("emc", 3199e6, of(3199e6)));
    assertThat(reading.loads()).containsExactly(new Load("gpu", 0.873));
    assertThat(reading.fans()).containsExactly(new Fan("pwmfan", of(0.4), of(2140)));
    assertThat(reading.throttling()).isEmpty();
    assertThat(reading.unreadable()).isEmpty();
  }

  @Test
  void shouldReadTheCpuLoadBetweenTwoReadings() {
    Board board = board("orin-nano-super");
    assertThat(board.read().load("cpu")).isEmpty();
    files.put("proc/stat", "cpu  1020 0 510 8060 510 0 0 0 0 0\n");
    assertThat(board.read().load("cpu")).hasValueCloseTo(0.3, within(1e-9));
    files.put("proc/stat", "cpu  1020 0 510 8060 510 0 0 0 0 0\n");
    assertThat(board.read().load("cpu")).isEmpty();
  }

  @Test
  void shouldAddUpTheRailsOfAnAgxOrinThatAreApart() {
    Board board = board("agx-orin");
    assertThat(board.facts().system()).contains("JetPack 6.1 (L4T 36.4.0)");
    BoardReading reading = board.read();
    assertThat(reading.mode()).contains("MODE_50W");
    assertThat(reading.power().of()).isEqualTo("VDD_GPU_SOC + VDD_CPU_CV + VIN_SYS_5V0");
    assertThat(reading.power().watts()).hasValueCloseTo(9.94 + 1.988 + 5, within(1e-9));
    assertThat(reading.power().rails())
        .extracting(Rail::name)
        .contains("VDDQ_VDD2_1V8AO")
        .doesNotContain("NC");
    // The GPU is off: its zone says -256.
    assertThat(reading.temperatures()).extracting(Temperature::name).containsExactly("CPU", "tj");
    assertThat(reading.load("gpu")).hasValue(0.99);
  }

  @Test
  void shouldReadXavierNxOfJetPack5And4() {
    BoardReading five = board("xavier-nx").read();
    assertThat(five.mode()).contains("MODE_20W_6CORE");
    assertThat(five.power().watts()).hasValueCloseTo(4.9, within(1e-9));
    assertThat(five.temperatures()).extracting(Temperature::name).containsExactly("AO", "GPU");
    assertThat(five.fans()).containsExactly(new Fan("pwmfan", of(1), of(5100)));
    assertThat(five.load("gpu")).hasValue(0.005);
    assertThat(five.throttling()).containsExactly("VDD_IN: more current than its monitor's limit");

    Board four = Boards.at(RecordedBoard.unpack("xavier-nx-jetpack4", folder.resolve("4")).root());
    assertThat(four.facts().system()).contains("JetPack 4.6.1 (L4T 32.7.1)");
    assertThat(four.facts().module()).contains("p3668-0000");
    assertThat(four.read().mode()).contains("mode 2");
    assertThat(four.read().power().watts()).hasValueCloseTo(5.044, within(1e-9));
    assertThat(four.read().power().rails())
        .containsExactly(
            new Rail("VDD_IN", 5.044),
            new Rail("VDD_CPU_GPU_CV", 1.217),
            new Rail("VDD_SOC", 1.298));
  }

  @Test
  void shouldReadThor() {
    Board board = board("thor");
    assertThat(board.facts().system()).contains("JetPack 7.1 (L4T 38.4.0)");
    assertThat(board.facts().module()).contains("p3834-0008");
    assertThat(board.facts().soc()).contains("tegra264");
    BoardReading reading = board.read();
    assertThat(reading.mode()).contains("120W");
    assertThat(reading.power().of()).isEqualTo("VIN");
    assertThat(reading.power().watts()).hasValueCloseTo(28.906, within(1e-9));
    assertThat(reading.power().rails().get(0).watts()).isCloseTo(-0.4, within(1e-9));
    assertThat(reading.clocks())
        .containsExactly(
            new Clock("gpu", 1574e6, of(1575e6)),
            new Clock("cpu", 2601e6, of(2601e6)),
            new Clock("emc", 4266e6, of(4266e6)));
    assertThat(reading.load("gpu")).isEmpty();
    assertThat(reading.temperatures())
        .extracting(Temperature::name)
        .containsExactly("cpu", "soc012", "soc345", "tj");
    assertThat(reading.fans()).extracting(Fan::rpm).containsExactly(of(1786));
    assertThat(reading.throttling())
        .containsExactly("gpu-throttle-alert: the kernel makes it slower");
  }

  @Test
  void shouldSayOnlyTheReleaseOfAnUnknownJetsonLinux() {
    Board board = board("thor");
    files.put("etc/nv_tegra_release", "# R41 (release), REVISION: 7, GCID: 1\n");
    assertThat(board.facts().system()).contains("L4T 41.7.0");
    files.put("etc/nv_tegra_release", "R41\n");
    assertThat(board.facts().system()).isEmpty();
  }

  @Test
  void shouldKnowAJetsonByItsReleaseFileAlone() {
    files = RecordedBoard.unpack("agx-orin", folder);
    files.put("proc/device-tree/compatible", "");
    assertThat(Boards.at(folder)).isInstanceOf(JetsonBoard.class);
    assertThat(new JetsonBoardProvider().find(folder.resolve("nothing"))).isEmpty();
  }

  @Test
  void shouldDoWithoutAnyFile() {
    files = RecordedBoard.unpack("agx-orin", folder.resolve("other"));
    Board board =
        new JetsonBoard(new dev.avocet.core.internal.board.SysTree(folder.resolve("none")));
    assertThat(board.facts().model()).isEmpty();
    BoardReading reading = board.read();
    assertThat(reading.power()).isEqualTo(BoardReading.Power.UNKNOWN);
    assertThat(reading.hottest()).isEmpty();
    assertThat(reading.throttled()).isFalse();
    assertThat(List.of(reading.clocks(), reading.loads(), reading.fans())).containsOnly(List.of());
  }

  @Test
  void shouldPassOverNumbersThatAreNone() {
    Board board = board("orin-nano-super");
    String hwmon = "sys/bus/i2c/devices/1-0040/hwmon/hwmon1/";
    files.put(hwmon + "curr1_input", "99999999999999999999\n");
    files.put(hwmon + "curr2_input", "many\n");
    files.put(hwmon + "in3_input", "\n");
    files.put("sys/class/thermal/thermal_zone0/temp", "9000000\n");
    files.put("sys/class/devfreq/17000000.gpu/device/load", "1001\n");
    files.put("sys/class/hwmon/hwmon0/pwm1", "-7\n");
    BoardReading reading = board.read();
    assertThat(reading.power()).isEqualTo(BoardReading.Power.UNKNOWN);
    assertThat(reading.temperatures()).extracting(Temperature::name).containsExactly("gpu", "tj");
    assertThat(reading.load("gpu")).isEmpty();
    assertThat(reading.fans().get(0).share()).hasValue(0);
  }
}
