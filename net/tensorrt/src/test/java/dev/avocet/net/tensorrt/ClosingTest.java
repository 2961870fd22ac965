package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
  @Test
  void shouldCloseAllInOrderAndThrowTheFirstFailure() {
    List<Integer> closed = new ArrayList<>();
    assertThatThrownBy(
            () ->
                Closing.all(
                    () -> closed.add(1),
                    () -> {
                      throw new IllegalStateException("first");
                    },
                    null,
                    () -> {
                      throw new IOException("second");
                    },
                    () -> closed.add(2)))
        .hasMessage("first")
        .satisfies(
            e -> assertThat(e.getSuppressed()[0].getCause()).isInstanceOf(IOException.class));
    assertThat(closed).containsExactly(1, 2);
  }
}
