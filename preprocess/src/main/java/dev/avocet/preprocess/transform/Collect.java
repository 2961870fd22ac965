package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Ends the list. Its {@code keys} have to name {@code img}; the geometry that {@code meta_keys}
 * asks for always goes with the sample.
 */
public final class Collect implements TransformProvider {
  @Override
  public String name() {
    return "Collect";
  }

  @Override
  public Transform create(Params params) {
    ParamReader.checkKeys(params);
    return sample -> {};
  }
}
