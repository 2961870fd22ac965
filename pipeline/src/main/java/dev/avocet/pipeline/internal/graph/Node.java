package dev.avocet.pipeline.internal.graph;

import dev.avocet.core.Value;
import java.util.List;

/**
 * A part of a pipeline, for one sample at a time: samples share nothing but the networks' queues,
 * so that a flattened list needs no index to find its way back. Thread safe.
 */
interface Node {
  /** Takes what a node made, in the thread that made it. */
  interface Done {
    void accept(List<Value> outputs, Turn turn);
  }

  /**
   * Does what can be done at once and puts calls of networks into {@code turn}; never waits. {@code
   * done} is called once, now or later, but not at all where the run fails.
   *
   * @throws RuntimeException where this sample cannot be processed; the run fails with it
   */
  void start(List<Value> inputs, Turn turn, Done done);
}
