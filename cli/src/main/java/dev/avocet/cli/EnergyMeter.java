package dev.avocet.cli;

import dev.avocet.core.board.Board;
import dev.avocet.core.board.BoardReading;
import java.util.OptionalDouble;

/**
 * Energy that the board consumes while something runs: by readings in between, as often as {@link
 * #sample} is called. Confined to one thread.
 */
final class EnergyMeter {
  private final Board board;
  private BoardReading last;
  private double joules;
  private double seconds;

  EnergyMeter(Board board) {
    this.board = board;
  }

  /** What follows is measured. */
  void start() {
    last = board.read();
  }

  /** Adds what was consumed since the last sample or the start. */
  void sample() {
    BoardReading now = board.read();
    OptionalDouble since = now.joulesSince(last);
    if (since.isPresent()) {
      joules += since.getAsDouble();
      seconds += (now.nanos() - last.nanos()) / 1e9;
    }
    last = now;
  }

  /** Mean power of what was measured; empty where the board does not tell. */
  OptionalDouble watts() {
    return joules > 0 && seconds > 0 ? OptionalDouble.of(joules / seconds) : OptionalDouble.empty();
  }
}
