package dev.avocet.core.board;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a board is. Immutable.
 *
 * @param model what the maker calls it
 * @param module part number of the module that it carries
 * @param soc the chip
 * @param serial number of this very board
 * @param system what its maker's system software is, with releases
 * @param memoryBytes that programs may use
 */
public record BoardFacts(
    Optional<String> model,
    Optional<String> module,
    Optional<String> soc,
    Optional<String> serial,
    Optional<String> system,
    OptionalLong memoryBytes) {
  /** Checks that nothing is null. */
  public BoardFacts {
    Objects.requireNonNull(model);
    Objects.requireNonNull(module);
    Objects.requireNonNull(soc);
    Objects.requireNonNull(serial);
    Objects.requireNonNull(system);
    Objects.requireNonNull(memoryBytes);
  }
}
