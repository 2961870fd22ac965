package dev.avocet.core.internal.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.core.board.Board;
import dev.avocet.core.board.BoardFacts;
import dev.avocet.core.board.BoardReading;
import dev.avocet.core.board.BoardReading.Clock;
import dev.avocet.core.board.BoardReading.Power;
import dev.avocet.core.board.BoardReading.Rail;
import dev.avocet.core.board.BoardReading.Temperature;
import dev.avocet.core.board.Boards;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PC; all numbers are made up. */
class LinuxBoardTest {
  private static final String RAPL = "sys/class/powercap/";
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path root;

  private void put(String path, String content) {
    write(root.resolve(path), content.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void putPc() {
    put("sys/class/dmi/id/product_name", "Mini PC 3000\n");
    put("proc/cpuinfo", "processor\t: 0\nmodel name\t: Intel(R) N100\nflags\t: fpu\n");
    put("proc/meminfo", "MemTotal:       16123456 kB\n");
    put("sys/class/thermal/thermal_zone0/type", "x86_pkg_temp\n");
    put("sys/class/thermal/thermal_zone0/temp", "61000\n");
    put("sys/class/thermal/thermal_zone0/trip_point_0_type", "passive\n");
    put("sys/class/thermal/thermal_zone0/trip_point_0_temp", "0\n");
    put("sys/devices/system/cpu/cpufreq/policy0/scaling_cur_freq", "2900000\n");
    put("sys/devices/system/cpu/cpufreq/policy0/scaling_max_freq", "3400000\n");
    putEnergy(1_000_000, 400_000, 250_000);
  }

  /** Counters in microjoules. */
  private void putEnergy(long packages, long cores, long memory) {
    put(RAPL + "intel-rapl:0/name", "package-0\n");
    put(RAPL + "intel-rapl:0/energy_uj", packages + "\n");
    put(RAPL + "intel-rapl:0/max_energy_range_uj", "10000000\n");
    put(RAPL + "intel-rapl:0:0/name", "core\n");
    put(RAPL + "intel-rapl:0:0/energy_uj", cores + "\n");
    put(RAPL + "intel-rapl:0:1/name", "dram\n");
    put(RAPL + "intel-rapl:0:1/energy_uj", memory + "\n");
    put(RAPL + "intel-rapl-mmio:0/energy_uj", "5\n");
  }

  @Test
  void shouldReadAPc() {
    putPc();
    Board board = Boards.at(root);
    BoardFacts facts = board.facts();
    assertThat(facts.model()).contains("Mini PC 3000");
    assertThat(facts.soc()).contains("Intel(R) N100");
    assertThat(facts.memoryBytes()).hasValue(16123456L * 1024);
    BoardReading reading = board.read();
    assertThat(reading.temperatures())
        .containsExactly(new Temperature("x86_pkg_temp", 61, OptionalDouble.empty()));
    assertThat(reading.clocks()).containsExactly(new Clock("cpu", 2.9e9, OptionalDouble.of(3.4e9)));
    assertThat(reading.power().watts()).isEmpty();
    assertThat(reading.power().joules()).hasValue(0);
    putEnergy(3_000_000, 1_400_000, 750_000);
    BoardReading later = board.read();
    assertThat(later.joulesSince(reading)).hasValueCloseTo(2.5, within(1e-9));
    assertThat(later.power().watts().orElseThrow()).isPositive();
  }

  @Test
  void shouldCountEnergyOfPackagesAndMemory() {
    putPc();
    Rapl rapl = new Rapl();
    SysTree tree = new SysTree(root);
    rapl.read(tree, 0);
    putEnergy(3_000_000, 1_400_000, 750_000);
    Power power = rapl.read(tree, 2 * SECOND);
    assertThat(power.of()).isEqualTo("package-0 + package-0 dram");
    assertThat(power.watts()).hasValueCloseTo(1.25, within(1e-9));
    assertThat(power.rails())
        .containsExactly(
            new Rail("package-0", 1),
            new Rail("package-0 core", 0.5),
            new Rail("package-0 dram", 0.25));
    // The package's counter begins anew at ten joules.
    putEnergy(1_000_000, 1_400_000, 750_000);
    Power wrapped = rapl.read(tree, 4 * SECOND);
    assertThat(wrapped.joules()).hasValueCloseTo(2.5 + 8, within(1e-9));
  }

  @Test
  void shouldNameWhatMayNotBeReadAndByWhomItMay() {
    putPc();
    SysTree.Reader reader =
        file -> {
          if (file.endsWith("energy_uj")) {
            throw new AccessDeniedException(file.toString());
          }
          return Files.readAllBytes(file);
        };
    SysTree tree = new SysTree(root, reader);
    assertThat(new Rapl().read(tree, 0)).isEqualTo(Power.UNKNOWN);
    assertThat(tree.unreadable())
        .hasSize(3)
        .first()
        .asString()
        .matches("/sys/class/powercap/intel-rapl:0/energy_uj \\(needs \\S+( \\S+)?\\)");
    assertThat(ThermalZones.read(tree)).hasSize(1);
  }

  @Test
  void shouldTellOfPartsAtTheirTripPoint() {
    putPc();
    put("sys/class/thermal/thermal_zone0/trip_point_0_temp", "60000\n");
    assertThat(Boards.at(root).read().throttling())
        .containsExactly("x86_pkg_temp is at 61.0 °C, it is made slower from 60.0 °C on");
  }

  @Test
  void shouldTakeTheMeanOfWattsWhereNoEnergyIsCounted() {
    BoardReading first = reading(0, OptionalDouble.of(10));
    assertThat(reading(2 * SECOND, OptionalDouble.of(20)).joulesSince(first)).hasValue(30);
    assertThat(reading(2 * SECOND, OptionalDouble.empty()).joulesSince(first)).isEmpty();
  }

  private static BoardReading reading(long nanos, OptionalDouble watts) {
    return new BoardReading(
        nanos,
        java.util.Optional.empty(),
        new Power(watts, OptionalDouble.empty(), "", List.of()),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void shouldGiveTheSameReadingToThoseWhoAskAtOnce() {
    BoardReading reading = Boards.here().read();
    assertThat(Boards.here().read().nanos() - reading.nanos()).isGreaterThanOrEqualTo(0);
    assertThat(reading.temperatures()).isNotNull();
  }

  @Property(tries = 100)
  void shouldTakeAnyBytes(
      @ForAll @Size(max = 80) byte[] content, @ForAll @IntRange(max = 8) int which)
      throws IOException {
    Path folder = Files.createTempDirectory("avocet-board");
    try {
      List<String> files =
          List.of(
              "proc/stat",
              "proc/meminfo",
              "proc/cpuinfo",
              "sys/class/thermal/thermal_zone0/temp",
              "sys/class/thermal/thermal_zone0/type",
              "sys/class/thermal/thermal_zone0/trip_point_0_type",
              RAPL + "intel-rapl:0/name",
              RAPL + "intel-rapl:0/energy_uj",
              "sys/devices/system/cpu/cpufreq/policy0/scaling_cur_freq");
      write(folder.resolve(files.get(which)), content);
      LinuxBoard board = new LinuxBoard(folder);
      board.read();
      assertThat(board.read().throttling()).isEmpty();
      board.facts();
    } finally {
      try (java.util.stream.Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
