package dev.avocet.bridge;

import dev.avocet.core.Image;
import java.util.List;

/** An answer that knows how it lies in C memory. */
interface Result {
  /**
   * Writes it, its root first. Called twice, once to measure and once to write, and does the same
   * both times.
   */
  void write(Out out);

  /** Pictures whose pixels it points at; closed when it is released. */
  default List<Image> owned() {
    return List.of();
  }

  /** The type that releases it, where a handle of type {@code kind} answers it. */
  default int releasedAs(int kind) {
    return kind;
  }
}
