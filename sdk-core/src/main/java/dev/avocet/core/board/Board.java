package dev.avocet.core.board;

/** A machine that tells of its power, temperatures, clocks and loads. Thread safe. */
public interface Board {
  /** What does not change while it runs. */
  BoardFacts facts();

  /**
   * What it says now, in some milliseconds; nothing is changed and no privilege is needed, but
   * without one some of it may be missing. Rates, such as loads, are those since the reading
   * before, and missing in the first one. Where the board begins to hold itself back, the log says
   * so once.
   */
  BoardReading read();
}
