package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is drawn while a model opens, and what Ctrl-C does then. */
@Tag("engineless")
class OpeningTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Console console(boolean terminal) {
    return new Console(System.out, new PrintStream(err, true, StandardCharsets.UTF_8), terminal);
  }

  private String drawn() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** The bar is drawn by a thread of its own. */
  private void awaitDrawn(String... words) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!List.of(words).stream().allMatch(drawn()::contains) && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    assertThat(drawn()).contains(words);
  }

  @Test
  void shouldDrawTheInnermostPhaseWhenItTakesLongAndTakeTheBarAway() throws InterruptedException {
    try (Opening opening = new Opening(console(true))) {
      assertThat(opening.progress("Building Engine", 0, 3)).isTrue();
      assertThat(drawn()).as("within the first second").isEmpty();
      Thread.sleep(1050);
      assertThat(opening.progress("Tactic Selection", 7, 40)).isTrue();
      awaitDrawn("opening", "7/40", "Tactic Selection");
      opening.progress("Tactic Selection", 40, 40);
      opening.progress("Building Engine", 1, 3);
      awaitDrawn("1/3", "Building Engine");
    }
    assertThat(drawn()).endsWith("\r\u001b[K");
  }

  @Test
  void shouldDrawNothingWhenThereIsNoTerminalOrNothingIsToldOrAllHasEnded()
      throws InterruptedException {
    new Opening(console(true)).close();
    try (Opening elsewhere = new Opening(console(false));
        Opening ended = new Opening(console(true))) {
      Thread.sleep(1050);
      assertThat(elsewhere.progress("a", 1, 3)).isTrue();
      assertThat(ended.progress("a", 1, 1)).isTrue();
    }
    assertThat(drawn()).isEmpty();
  }

  /** A process of its own, since Ctrl-C ends it. */
  @Test
  void shouldGiveUpInOrderWhenCtrlCComesWhileAModelOpens()
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OpeningChild.class.getName())
            .redirectErrorStream(true)
            .start();
    try (var out = child.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("step");
      new ProcessBuilder("kill", "-INT", Long.toString(child.pid())).start().waitFor();
      String line = out.readLine();
      while ("step".equals(line)) {
        line = out.readLine();
      }
      assertThat(line).isEqualTo("given up");
      assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).isEqualTo(Interruption.EXIT_CODE);
    } finally {
      child.destroyForcibly();
    }
  }
}
