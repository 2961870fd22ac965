package dev.avocet.pipeline.internal.graph;

import dev.avocet.pipeline.internal.Closing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pipeline that is checked and whose networks are open.
 *
 * @param networks by the path of their nodes; those of one network of one model share a runner
 */
record Compiled(Node node, Map<String, NetworkNode> networks) implements AutoCloseable {
  Compiled {
    networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
  }

  @Override
  public void close() {
    List<AutoCloseable> runners = new ArrayList<>();
    networks.values().stream().map(NetworkNode::runner).distinct().forEach(runners::add);
    Closing.all(runners);
  }
}
