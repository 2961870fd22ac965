package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/** Does the steps of a list within the list: {@code transforms}. */
public final class Compose implements TransformProvider {
  @Override
  public String name() {
    return "Compose";
  }

  @Override
  public Transform create(Params params) {
    return TransformList.of(params.objects("transforms"));
  }
}
