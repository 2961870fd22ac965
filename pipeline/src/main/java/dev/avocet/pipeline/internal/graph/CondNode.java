package dev.avocet.pipeline.internal.graph;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Value;
import java.util.Collections;
import java.util.List;

/**
 * Runs its body for the samples whose first input is true; nothing is answered for the others,
 * those included whose condition was not made.
 *
 * @param outputs how many values the body makes
 * @param where of the node, for messages
 */
record CondNode(Node body, int outputs, String where) implements Node {
  @Override
  public void start(List<Value> inputs, Turn turn, Done done) {
    Value condition = inputs.get(0);
    if (condition instanceof Value.Flag flag && flag.value()) {
      body.start(inputs.subList(1, inputs.size()), turn, done);
    } else if (condition.isNull() || condition instanceof Value.Flag) {
      done.accept(Collections.nCopies(outputs, Value.nothing()), turn);
    } else {
      turn.run()
          .fail(
              AvocetException.invalidArgument(
                  "%s: the first input is the condition: expected true or false, found %s"
                      .formatted(where, condition.kind())));
    }
  }
}
