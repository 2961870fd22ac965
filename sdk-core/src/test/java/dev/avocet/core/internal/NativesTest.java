package dev.avocet.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class NativesTest {
  @Test
  void shouldSetNoLimitWhenTheApplicationHasSetNone() {
    Natives.prepare();

    assertThat(Pointer.maxBytes()).isZero();
    assertThat(Pointer.maxPhysicalBytes()).isZero();
  }
}
