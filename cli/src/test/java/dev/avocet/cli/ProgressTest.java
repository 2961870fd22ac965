package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** When the progress bar is drawn. */
class ProgressTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console =
      new Console(System.out, new PrintStream(err, true, StandardCharsets.UTF_8), true);

  private String drawn(boolean wanted, long total, int millis) throws InterruptedException {
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
    assertThat(drawn(true, 4, 1100)).contains("avocet", "2/4").endsWith("\r\u001b[K");
  }

  @Test
  void shouldDrawNothingOnShortWorkSingleStepsOrUnwanted() throws InterruptedException {
    assertThat(drawn(true, 4, 0)).isEmpty();
    assertThat(drawn(true, 1, 1100)).isEmpty();
    assertThat(drawn(false, 4, 1100)).isEmpty();
  }
}
