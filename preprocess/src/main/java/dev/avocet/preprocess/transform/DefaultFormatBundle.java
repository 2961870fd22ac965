package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Makes float32 without scaling, unless {@code img_to_float} is false, and lays the channels out as
 * planes.
 */
public final class DefaultFormatBundle implements TransformProvider {
  @Override
  public String name() {
    return "DefaultFormatBundle";
  }

  @Override
  public Transform create(Params params) {
    boolean toFloat = params.booleanValue("img_to_float", true);
    return sample -> {
      if (toFloat) {
        sample.canvas().toFloat();
      }
      sample.canvas().toPlanar();
    };
  }
}
