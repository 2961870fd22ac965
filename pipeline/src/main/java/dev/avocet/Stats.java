package dev.avocet;

import dev.avocet.core.board.BoardReading;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a handle has done since it was opened.
 *
 * @param stages preprocess, net, postprocess, and the whole call, in this order
 * @param layers of the network, in the order of its first run; empty unless the engine was asked to
 *     time them by an option of its own
 * @param board what the machine says now: power, temperatures, loads, whether it is throttled
 * @param callsPerJoule performance per watt, calls a second ÷ watts of {@code board.power()}, in
 *     the time since {@code stats()} of this handle was asked for before; empty the first time, and
 *     where the power is not known. Nothing is measured in between: where the board counts no
 *     energy (see {@link BoardReading#joulesSince}), ask every second or so. What else the machine
 *     does is counted too
 */
public record Stats(
    List<Stage> stages, List<Layer> layers, BoardReading board, OptionalDouble callsPerJoule) {
  /**
   * One stage's figures.
   *
   * @param name of the stage
   * @param count of runs
   * @param total time of all runs
   * @param p50 median time of a run, within 1 %
   * @param p99 time that 99 of 100 runs stayed below, within 1 %
   */
  public record Stage(String name, long count, Duration total, Duration p50, Duration p99) {}

  /**
   * One layer's figures. A layer that the engine runs with several kernels, for inputs of several
   * shapes, say, is there with each.
   *
   * @param name of the layer
   * @param type of the layer, as the engine calls it, for example {@code Convolution}
   * @param kernel what the engine ran it with
   * @param count of runs
   * @param mean time of a run
   */
  public record Layer(String name, String type, String kernel, long count, Duration mean) {}

  /** Copies the lists. */
  public Stats {
    stages = List.copyOf(stages);
    layers = List.copyOf(layers);
    Objects.requireNonNull(board);
    Objects.requireNonNull(callsPerJoule);
  }
}
