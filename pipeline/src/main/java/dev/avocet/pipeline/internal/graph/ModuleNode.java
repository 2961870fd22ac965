package dev.avocet.pipeline.internal.graph;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.Value;
import dev.avocet.core.graph.PipelineModule;
import java.util.List;

/**
 * A plain function.
 *
 * @param outputs how many values it promised
 * @param where of the node, for messages
 */
record ModuleNode(PipelineModule module, int outputs, String where) implements Node {
  @Override
  public void start(List<Value> inputs, Turn turn, Done done) {
    List<Value> made;
    try {
      made = module.apply(inputs, turn.run());
      if (made.size() != outputs) {
        throw new AvocetException(
            Status.FAIL, "the module made %d values, not %d".formatted(made.size(), outputs));
      }
    } catch (RuntimeException e) {
      turn.run().fail(Run.at(where, e));
      return;
    }
    done.accept(made, turn);
  }
}
