package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/** Does the steps of its list, {@code transforms}, to each frame of a clip. */
public final class Lift implements TransformProvider {
  @Override
  public String name() {
    return "Lift";
  }

  @Override
  public Transform create(Params params) {
    return TransformList.of(params.objects("transforms"));
  }
}
