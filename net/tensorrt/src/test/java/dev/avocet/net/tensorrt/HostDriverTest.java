package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@HostCuda
class HostDriverTest {
  @Test
  void shouldHaveEveryFunctionThatIsLookedFor() {
    assertThat(NvidiaFunctions.missing(NvidiaFunctions.DRIVER)).isEmpty();
  }
}
