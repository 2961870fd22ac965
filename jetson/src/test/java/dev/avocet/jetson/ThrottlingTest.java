package dev.avocet.jetson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.board.Board;
import dev.avocet.core.board.Boards;
import dev.avocet.testing.RecordedBoard;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThrottlingTest {
  private static final String COUNTERS = "sys/class/hwmon/hwmon3/";

  @TempDir Path folder;

  private RecordedBoard files;
  private Board board;

  @BeforeEach
  void unpack() {
    files = RecordedBoard.unpack("orin-nano-super", folder);
    board = Boards.at(folder);
  }

  /** What the log says while readings are made. */
  private String logOf(Runnable readings) {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      readings.run();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shouldTellOfEventsSinceTheReadingBefore() {
    assertThat(board.read().throttling()).isEmpty();
    files.put(COUNTERS + "oc3_event_cnt", "40\n");
    files.put(COUNTERS + "oc1_event_cnt", "1\n");
    assertThat(board.read().throttling())
        .containsExactly(
            "under-voltage: 1 events since the reading before (oc1_event_cnt)",
            "momentary over-current: 3 events since the reading before (oc3_event_cnt)");
    assertThat(board.read().throttled()).isFalse();
  }

  @Test
  void shouldTellOfPartsAtTheirTripPoint() {
    files.put("sys/class/thermal/thermal_zone0/temp", "99200\n");
    assertThat(board.read().throttling())
        .containsExactly("cpu is at 99.2 °C, it is made slower from 99.0 °C on");
  }

  @Test
  void shouldTellOfTheKernelsAlerts() {
    files.put("sys/class/thermal/cooling_device5/cur_state", "1\n");
    assertThat(board.read().throttling())
        .containsExactly("gpu-throttle-alert: the kernel makes it slower");
  }

  @Test
  void shouldTellOfALowClockUnderFullLoadTheSecondTime() {
    files.put("sys/class/devfreq/17000000.gpu/device/load", "980\n");
    files.put("sys/class/devfreq/17000000.gpu/cur_freq", "612000000\n");
    assertThat(board.read().throttling()).isEmpty();
    assertThat(board.read().throttling()).containsExactly("gpu: 612 of 1020 MHz under full load");
    files.put("sys/class/devfreq/17000000.gpu/device/load", "500\n");
    assertThat(board.read().throttling()).isEmpty();
  }

  @Test
  void shouldWarnOnceWhenACauseBegins() {
    String log =
        logOf(
            () -> {
              files.put("sys/class/thermal/cooling_device5/cur_state", "1\n");
              board.read();
              board.read();
              files.put("sys/class/thermal/thermal_zone0/temp", "99900\n");
              board.read();
              files.put("sys/class/thermal/thermal_zone0/temp", "99100\n");
              board.read();
            });
    assertThat(log.lines())
        .hasSize(2)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("gpu-throttle-alert: the kernel makes it slower; cool it: see that"))
        .anySatisfy(line -> assertThat(line).contains("cpu is at 99.9 °C").contains("nvpmodel"));
  }

  @Test
  void shouldWarnAgainWhenACauseBeginsAnew() {
    Throttling throttling = new Throttling();
    dev.avocet.core.internal.board.SysTree tree =
        new dev.avocet.core.internal.board.SysTree(folder);
    files.put("sys/class/thermal/cooling_device5/cur_state", "1\n");
    String log =
        logOf(
            () -> {
              for (long second : List.of(0L, 20L, 45L, 80L)) {
                throttling.find(
                    tree,
                    second * 1_000_000_000L,
                    List.of(),
                    java.util.Optional.empty(),
                    java.util.Optional.empty());
              }
            });
    assertThat(log.lines()).hasSize(2);
  }
}
