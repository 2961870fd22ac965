package dev.avocet.pipeline.internal.graph;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Value;
import dev.avocet.pipeline.internal.Runner;
import dev.avocet.pipeline.internal.UnitAnswer;
import dev.avocet.preprocess.Source;
import java.util.Collections;
import java.util.List;

/**
 * A network with its preprocessing and heads. Takes a {@link Sample}, or a list of {@code {ori_img,
 * clip_len}} for a video; answers a value for each head. Where there is no picture (a Cond that did
 * not run, a box that shows nothing) there is no answer either.
 *
 * @param runner runs the network
 * @param heads how many values it makes
 * @param where of the network, for messages
 */
record NetworkNode(Runner<UnitAnswer> runner, int heads, String where) implements Node {
  @Override
  public void start(List<Value> inputs, Turn turn, Done done) {
    Value input = inputs.get(0);
    if (input.isNull()) {
      done.accept(Collections.nCopies(heads, Value.nothing()), turn);
      return;
    }
    Source source;
    try {
      source = source(input);
    } catch (AvocetException e) {
      turn.run().fail(Run.at(where, e));
      return;
    }
    turn.call(this, source, done);
  }

  private static Source source(Value input) {
    if (!(input instanceof Value.Items clip)) {
      return Sample.of(input).source();
    }
    List<Image> frames = clip.items().stream().map(frame -> Sample.of(frame).image()).toList();
    boolean told = !frames.isEmpty() && clip.items().get(0).has("clip_len");
    return Source.clips(frames, told ? clip.items().get(0).get("clip_len").asInt() : frames.size());
  }
}
