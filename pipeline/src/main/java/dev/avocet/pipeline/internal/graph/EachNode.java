package dev.avocet.pipeline.internal.graph;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Runs its body for every entry of the flattened inputs ({@code *}), which have one length, and
 * makes lists of the answers; inputs with {@code +} are the same for all. Nothing ({@link
 * Value#nothing}, of a node that was not run) counts as an empty list.
 *
 * @param each which inputs are flattened
 * @param outputs how many values the body makes
 * @param where of the node, for messages
 */
record EachNode(Node body, List<Boolean> each, int outputs, String where) implements Node {
  @Override
  public void start(List<Value> inputs, Turn turn, Done done) {
    int count = -1;
    List<List<Value>> columns = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (!each.get(i)) {
        columns.add(List.of());
        continue;
      }
      List<Value> column;
      try {
        column = inputs.get(i).isNull() ? List.of() : inputs.get(i).items();
      } catch (AvocetException e) {
        turn.run().fail(Run.at("%s.input[%d]".formatted(where, i), e));
        return;
      }
      if (count >= 0 && column.size() != count) {
        turn.run()
            .fail(
                AvocetException.invalidArgument(
                    "%s.input[%d]: a list of %d beside one of %d: inputs with * have one length"
                        .formatted(where, i, column.size(), count)));
        return;
      }
      count = column.size();
      columns.add(column);
    }
    startAll(inputs, columns, count, turn, done);
  }

  private void startAll(
      List<Value> inputs, List<List<Value>> columns, int count, Turn turn, Done done) {
    AtomicReferenceArray<List<Value>> rows = new AtomicReferenceArray<>(count);
    AtomicInteger left = new AtomicInteger(count);
    if (count == 0) {
      done.accept(lists(rows), turn);
    }
    for (int k = 0; k < count && turn.run().failure() == null; k++) {
      int row = k;
      List<Value> entry = new ArrayList<>(inputs.size());
      for (int i = 0; i < inputs.size(); i++) {
        entry.add(each.get(i) ? columns.get(i).get(k) : inputs.get(i));
      }
      body.start(
          entry,
          turn,
          (made, later) -> {
            rows.set(row, made);
            if (left.decrementAndGet() == 0) {
              done.accept(lists(rows), later);
            }
          });
    }
  }

  private List<Value> lists(AtomicReferenceArray<List<Value>> rows) {
    List<Value> lists = new ArrayList<>(outputs);
    for (int o = 0; o < outputs; o++) {
      List<Value> list = new ArrayList<>(rows.length());
      for (int k = 0; k < rows.length(); k++) {
        list.add(rows.get(k).get(o));
      }
      lists.add(Value.of(list));
    }
    return lists;
  }
}
