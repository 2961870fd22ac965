package dev.avocet.jetson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.testing.SystemdUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit of systemd. */
class ServiceTest {
  private static final Path UNIT =
      Path.of(System.getProperty("avocet.root"), "jetson", "systemd", "avocet.service");

  @TempDir Path folder;

  @Test
  void shouldHoldForSystemd() throws IOException, InterruptedException {
    SystemdUnit.check(UNIT, folder);
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
