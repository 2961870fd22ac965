package dev.avocet.pipeline.internal.graph;

import dev.avocet.core.model.TaskSpec;
import dev.avocet.pipeline.internal.Closing;
import dev.avocet.pipeline.internal.HandleOptions;
import dev.avocet.pipeline.internal.NetworkUnit;
import dev.avocet.pipeline.internal.Runner;
import dev.avocet.pipeline.internal.UnitAnswer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The networks of a pipeline: one that several nodes name is opened once and shares its queue. */
final class Networks implements AutoCloseable {
  private final HandleOptions options;
  private final IdentityHashMap<TaskSpec.Network, Runner<UnitAnswer>> runners =
      new IdentityHashMap<>();
  private final Map<String, NetworkNode> byPath = new LinkedHashMap<>();

  Networks(HandleOptions options) {
    this.options = options;
  }

  NetworkNode node(NetworkUnit unit, String where) {
    Runner<UnitAnswer> runner = runners.get(unit.network());
    if (runner == null) {
      runner = Runner.open(unit, options);
      runners.put(unit.network(), runner);
    }
    NetworkNode node = new NetworkNode(runner, unit.heads().size(), where);
    byPath.put(where, node);
    return node;
  }

  Map<String, NetworkNode> byPath() {
    return byPath;
  }

  @Override
  public void close() {
    List<AutoCloseable> all = new ArrayList<>(runners.values());
    Closing.all(all);
  }
}
