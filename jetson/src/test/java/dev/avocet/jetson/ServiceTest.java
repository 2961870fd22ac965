package dev.avocet.jetson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit of systemd. */
class ServiceTest {
  private static final Path UNIT =
      Path.of(System.getProperty("avocet.root"), "jetson", "systemd", "avocet.service");

  @TempDir Path folder;

  @Test
  void shouldHoldForSystemd() throws IOException, InterruptedException {
    boolean there =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "systemd-analyze")));
    Assumptions.assumeTrue(there, "skipped: there is no systemd-analyze");
    // It looks for the program as well.
    String unit = Files.readString(UNIT).replace("/opt/avocet/bin/avocet", "/bin/true");
    Path copy = Files.writeString(folder.resolve("avocet.service"), unit);
    Process verify =
        new ProcessBuilder("systemd-analyze", "verify", "--man=no", copy.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = verify.waitFor();
    // Units that it only comes after need not be there; a container has no systemd to ask.
    Assumptions.assumeFalse(said.contains("Failed to initialize"), "skipped: " + said);
    assertThat(said.lines().filter(line -> line.contains("avocet.service"))).isEmpty();
    assertThat(code).as(said).isZero();
  }

  @Test
  void shouldRunWithoutPrivilegesAndReadThePowerMonitors() throws IOException {
    assertThat(Files.readString(UNIT))
        .contains("ExecStart=/opt/avocet/bin/avocet detect --json --device ${AVOCET_DEVICE}")
        .contains("DynamicUser=yes", "NoNewPrivileges=yes", "SupplementaryGroups=video render")
        .contains("CacheDirectory=avocet", "XDG_CACHE_HOME=%C", "BindPaths=-/tmp/argus_socket")
        // Java compiles while it runs, and the GPU is a device.
        .doesNotContain("MemoryDenyWriteExecute=yes", "PrivateDevices=yes", "ProcSubset=pid");
  }
}
