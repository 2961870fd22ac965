package dev.avocet.net.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One binding serves several releases: the build runs this module's tests with two. */
class OvReleaseTest {
  @Test
  void shouldRunWithTheReleaseThatTheBuildNames() {
    Optional<String> absence = OvPacked.absence();
    assumeTrue(absence.isEmpty(), () -> absence.orElse(""));
    OvProvider provider = new OvProvider();
    assertThat(provider.unavailable()).isEmpty();
    String other = System.getProperty("avocet.openvino.other");
    if (other == null) {
      assertThat(provider.version()).matches("20\\d\\d\\.\\d.*");
    } else {
      assertThat(provider.version()).isEqualTo(other);
    }
    assertThat(provider.devices()).anyMatch(device -> device.name().equals("CPU"));
  }
}
