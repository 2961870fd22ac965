package dev.avocet.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {
  private static int guard(CStructs c, Failure.Body body) {
    return Failure.guard(c.error(), body);
  }

  @Test
  void shouldTurnWhatIsThrownIntoStatusAndText() {
    try (CStructs c = new CStructs()) {
      assertThat(guard(c, () -> {})).isZero();
      assertThat(guard(c, () -> fail(new AvocetException(Status.BUSY, "wait")))).isEqualTo(10);
      assertThat(c.errorText()).isEqualTo("wait");
      assertThat(guard(c, () -> fail(new OutOfMemoryError("Java heap space")))).isEqualTo(4);
      assertThat(c.errorText()).isEqualTo("the library's heap is full: Java heap space");
      assertThat(guard(c, () -> fail(new IllegalStateException("odd")))).isEqualTo(6);
      assertThat(c.errorText()).isEqualTo("java.lang.IllegalStateException: odd");
      assertThat(guard(c, FailureTest::recurse)).isEqualTo(6);
      assertThat(c.errorText()).isEqualTo("java.lang.StackOverflowError: null");
    }
  }

  private static void fail(Throwable e) throws Exception {
    if (e instanceof Error error) {
      throw error;
    }
    throw (Exception) e;
  }

  @SuppressWarnings("InfiniteRecursion") // to overflow the stack
  private static void recurse() {
    recurse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ä", "€", "😀"})
  void shouldCutALongTextBetweenCharacters(String character) {
    try (CStructs c = new CStructs()) {
      for (int shift = 0; shift < 4; shift++) {
        String long1 = "x".repeat(shift) + character.repeat(3000);
        assertThat(guard(c, () -> fail(new AvocetException(Status.FAIL, long1)))).isEqualTo(6);
        assertThat(long1).startsWith(c.errorText());
        assertThat(c.errorText().getBytes(StandardCharsets.UTF_8))
            .hasSizeBetween(Failure.TEXT_BYTES - 4, Failure.TEXT_BYTES - 1);
      }
    }
  }
}
