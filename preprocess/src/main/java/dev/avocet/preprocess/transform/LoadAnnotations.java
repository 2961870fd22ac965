package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * A step that reads training labels, which exporters leave in lists of mmyolo; it has no effect on
 * pictures.
 */
public final class LoadAnnotations implements TransformProvider {
  @Override
  public String name() {
    return "LoadAnnotations";
  }

  @Override
  public Transform create(Params params) {
    return sample -> {};
  }
}
