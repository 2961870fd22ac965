package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When the progress bar is drawn. */
@Tag("engineless")
class ProgressTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console =
      new Console(System.out, new PrintStream(err, true, StandardCharsets.UTF_8), true);

  private String drawn(boolean wanted, OptionalLong total, int millis) throws InterruptedException {
    try (Progress progress = new Progress(console, wanted, total)) {
      Thread.sleep(millis);
      progress.step();
      progress.step();
      progress.clear();
    }
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shouldDrawABarOnLongWorkAndTakeItAwayAgain() throws InterruptedException {
    assertThat(drawn(true, OptionalLong.of(4), 1100))
        .contains("avocet", "2/4")
        .endsWith("\r\u001b[K");
  }

  @Test
  void shouldCountWhereTheEndIsUnknownOrWasEstimatedTooLow() throws InterruptedException {
    assertThat(drawn(true, OptionalLong.empty(), 1100))
        .contains("avocet", "2/?")
        .endsWith("\r\u001b[K");
    try (Progress progress = new Progress(console, true, OptionalLong.of(2))) {
      Thread.sleep(1050);
      progress.step();
      // The rate is shown after a second of the bar.
      Thread.sleep(1050);
      for (int i = 0; i < 4; i++) {
        progress.step();
      }
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).containsPattern("5/5 .*[234]\\.\\d frames/s");
  }

  @Test
  void shouldDrawNothingOnShortWorkSingleStepsOrUnwanted() throws InterruptedException {
    assertThat(drawn(true, OptionalLong.of(4), 0)).isEmpty();
    assertThat(drawn(true, OptionalLong.of(1), 1100)).isEmpty();
    assertThat(drawn(false, OptionalLong.of(4), 1100)).isEmpty();
  }
}
