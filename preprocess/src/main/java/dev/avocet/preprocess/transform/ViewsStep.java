package dev.avocet.preprocess.transform;

import dev.avocet.core.preprocess.Sample;
import dev.avocet.core.preprocess.Transform;
import java.util.function.Consumer;

/** A step that makes several pictures of one. */
record ViewsStep(int views, Consumer<Sample> step) implements Transform {
  @Override
  public void apply(Sample sample) {
    step.accept(sample);
  }
}
