package dev.avocet.pipeline.internal.graph;

import dev.avocet.core.Value;
import java.util.List;

/** A Transform that only loads the picture: pictures are loaded already. */
record PassNode() implements Node {
  @Override
  public void start(List<Value> inputs, Turn turn, Done done) {
    done.accept(inputs, turn);
  }
}
