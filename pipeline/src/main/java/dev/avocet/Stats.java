package dev.avocet;

import java.time.Duration;
import java.util.List;

/**
 * What a handle has done since it was opened.
 *
 * @param stages preprocess, net, postprocess, and the whole call, in this order
 */
public record Stats(List<Stage> stages) {
  /**
   * One stage's figures.
   *
   * @param name of the stage
   * @param count of runs
   * @param p50 median time of a run, within 1 %
   * @param p99 time that 99 of 100 runs stayed below, within 1 %
   */
  public record Stage(String name, long count, Duration p50, Duration p99) {}

  /** Copies the list. */
  public Stats {
    stages = List.copyOf(stages);
  }
}
