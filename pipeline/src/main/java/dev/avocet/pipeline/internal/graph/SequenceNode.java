package dev.avocet.pipeline.internal.graph;

import dev.avocet.core.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A pipeline: each node starts as soon as the values that it reads are there, so that branches run
 * side by side.
 *
 * @param steps in an order in which they could run one by one
 * @param values how many values there are; the inputs come first
 * @param outputs which of them are answered
 */
record SequenceNode(List<Step> steps, int values, List<Integer> outputs) implements Node {
  /**
   * A node in its place.
   *
   * @param inputs numbers of the values that it reads
   * @param outputs numbers of those that it makes
   */
  record Step(Node node, List<Integer> inputs, List<Integer> outputs) {}

  @Override
  public void start(List<Value> inputs, Turn turn, Done done) {
    new Frame(inputs, done).proceed(turn);
  }

  /** The values of one sample on its way through. */
  private final class Frame {
    private final Value[] known = new Value[values];
    private final boolean[] started = new boolean[steps.size()];
    private final Done done;
    private boolean answered;

    Frame(List<Value> inputs, Done done) {
      this.done = done;
      for (int i = 0; i < inputs.size(); i++) {
        known[i] = inputs.get(i);
      }
    }

    /** Starts what is ready, and answers once all outputs are there. */
    void proceed(Turn turn) {
      for (int next = nextReady(); next >= 0 && turn.run().failure() == null; next = nextReady()) {
        Step step = steps.get(next);
        step.node.start(
            values(step.inputs),
            turn,
            (made, later) -> {
              known(step, made);
              // In the same turn the node answered at once, and this loop goes on.
              if (later != turn) {
                proceed(later);
              }
            });
      }
      List<Value> answer = answer();
      if (answer != null) {
        done.accept(answer, turn);
      }
    }

    private synchronized void known(Step step, List<Value> made) {
      for (int i = 0; i < made.size(); i++) {
        known[step.outputs.get(i)] = made.get(i);
      }
    }

    private synchronized int nextReady() {
      for (int i = 0; i < started.length; i++) {
        if (!started[i] && isKnown(steps.get(i).inputs)) {
          started[i] = true;
          return i;
        }
      }
      return -1;
    }

    private boolean isKnown(List<Integer> numbers) {
      return numbers.stream().allMatch(number -> known[number] != null);
    }

    private synchronized List<Value> values(List<Integer> numbers) {
      return new ArrayList<>(numbers.stream().map(number -> known[number]).toList());
    }

    /** The outputs, for the first who asks when they are all there; else null. */
    private synchronized List<Value> answer() {
      if (answered || !isKnown(outputs)) {
        return null;
      }
      answered = true;
      List<Value> answer = new ArrayList<>(outputs.size());
      outputs.forEach(number -> answer.add(known[number]));
      return answer;
    }
  }
}
