package dev.avocet.pipeline.module;

import dev.avocet.core.Value;
import dev.avocet.core.graph.PipelineModule;
import dev.avocet.core.graph.ValueType;
import dev.avocet.pipeline.internal.graph.Sample;
import java.util.List;

/**
 * Makes a picture of a picture and a region found in it. Of no picture it makes nothing; no region
 * ({@code null}) is the whole picture.
 *
 * @param region the type of the region
 * @param step what is done
 */
record RegionModule(ValueType region, Step step) implements PipelineModule {
  /** What is done with a picture and a region that are both there. */
  interface Step {
    Value apply(Sample sample, Value region, Owner owner);
  }

  @Override
  public List<ValueType> inputs() {
    return List.of(ValueType.PICTURE, region);
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    return List.of(ValueType.PICTURE);
  }

  @Override
  public List<Value> apply(List<Value> inputs, Owner owner) {
    if (inputs.get(0).isNull()) {
      return List.of(Value.nothing());
    }
    Sample sample = Sample.of(inputs.get(0));
    boolean whole = !inputs.get(1).has("bbox");
    return List.of(whole ? sample.toValue() : step.apply(sample, inputs.get(1), owner));
  }
}
