package dev.avocet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Asks systemd whether it would take a unit. */
public final class SystemdUnit {
  private SystemdUnit() {}

  /**
   * Fails where {@code systemd-analyze} finds a fault in a unit whose program is the archive's
   * command. Skips the test where there is no such tool, or no systemd for it to ask, as in a
   * container.
   *
   * @param unit the file
   * @param folder of the test's own
   */
  public static void check(Path unit, Path folder) throws IOException, InterruptedException {
    boolean there =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "systemd-analyze")));
    Assumptions.assumeTrue(there, "skipped: there is no systemd-analyze");
    // It looks for the program as well.
    String text = Files.readString(unit).replace("/opt/avocet/bin/avocet", "/bin/true");
    String name = String.valueOf(unit.getFileName());
    Path copy = Files.writeString(folder.resolve(name), text);
    Process verify =
        new ProcessBuilder("systemd-analyze", "verify", "--man=no", copy.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = verify.waitFor();
    Assumptions.assumeFalse(said.contains("Failed to initialize"), "skipped: " + said);
    // Units that it only comes after need not be there.
    assertThat(said.lines().filter(line -> line.contains(name))).isEmpty();
    assertThat(code).as(said).isZero();
  }
}
