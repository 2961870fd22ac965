package dev.avocet.core.model;

import dev.avocet.core.AvocetException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Puts each node behind those that it needs, else in the order given. */
final class NodeOrder {
  private final List<TaskSpec> tasks;

  /** For each node the indices of those that it needs, none twice. */
  private final List<List<Integer>> needs = new ArrayList<>();

  private NodeOrder(List<TaskSpec> tasks) {
    this.tasks = tasks;
    Map<String, Integer> makers = new HashMap<>();
    for (int i = 0; i < tasks.size(); i++) {
      for (Wire output : tasks.get(i).outputs()) {
        makers.put(output.outer(), i);
      }
    }
    for (TaskSpec task : tasks) {
      needs.add(
          task.inputs().stream()
              .filter(wire -> makers.containsKey(wire.outer()))
              .map(wire -> makers.get(wire.outer()))
              .distinct()
              .toList());
    }
  }

  /**
   * The nodes in an order in which they can run.
   *
   * @throws AvocetException INVALID_ARG where nodes need each other, naming them
   */
  static List<TaskSpec> of(List<TaskSpec> tasks) {
    return new NodeOrder(tasks).sorted();
  }

  private List<TaskSpec> sorted() {
    int[] missing = new int[tasks.size()];
    List<List<Integer>> users = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      users.add(new ArrayList<>());
    }
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < tasks.size(); i++) {
      missing[i] = needs.get(i).size();
      for (int need : needs.get(i)) {
        users.get(need).add(i);
      }
      if (missing[i] == 0) {
        ready.add(i);
      }
    }
    List<TaskSpec> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      sorted.add(tasks.get(next));
      for (int user : users.get(next)) {
        if (--missing[user] == 0) {
          ready.add(user);
        }
      }
    }
    if (sorted.size() < tasks.size()) {
      throw cycle(missing);
    }
    return sorted;
  }

  /** Each node that misses something needs another such node: the way from need to need closes. */
  private AvocetException cycle(int[] missing) {
    List<Integer> way = new ArrayList<>();
    int at = 0;
    while (missing[at] == 0) {
      at++;
    }
    boolean[] seen = new boolean[missing.length];
    while (!seen[at]) {
      seen[at] = true;
      way.add(at);
      at = needs.get(at).stream().filter(need -> missing[need] > 0).findFirst().orElseThrow();
    }
    List<Integer> cycle = new ArrayList<>(way.subList(way.indexOf(at), way.size()));
    cycle.add(at);
    Collections.reverse(cycle);
    return AvocetException.invalidArgument(
        "%s.input: the nodes need each other in a circle: %s; take one of these inputs away"
            .formatted(
                tasks.get(at).where(),
                String.join(" -> ", cycle.stream().map(i -> label(tasks.get(i))).toList())));
  }

  private static String label(TaskSpec task) {
    String path = task.where().substring(task.where().lastIndexOf(": ") + 2);
    return path + " (" + (task.name().isEmpty() ? task.kind() : task.name()) + ")";
  }
}
