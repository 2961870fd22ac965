package dev.avocet.preprocess.transform;

import dev.avocet.core.preprocess.Sample;
import dev.avocet.core.preprocess.Transform;
import java.util.function.Consumer;

/** A step that looks at the sample's box. */
record BoxStep(Consumer<Sample> step) implements Transform {
  @Override
  public void apply(Sample sample) {
    step.accept(sample);
  }

  @Override
  public boolean takesBox() {
    return true;
  }
}
