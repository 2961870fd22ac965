package dev.avocet.core.board;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Knows one family of boards. Found by {@link java.util.ServiceLoader}; a machine that no provider
 * claims is read as any Linux is. Stateless and safe from any thread.
 */
public interface BoardProvider {
  /**
   * The board, where it is one of this family.
   *
   * @param root folder that has {@code proc}, {@code sys} and {@code etc}: {@code /}, or one with
   *     recorded files
   */
  Optional<Board> find(Path root);
}
