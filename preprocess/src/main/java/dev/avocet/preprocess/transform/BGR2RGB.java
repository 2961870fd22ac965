package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Exchanges the first and the third channel. MMDeploy's runtime has no such step; mmaction's and
 * mmagic's lists do.
 */
public final class BGR2RGB implements TransformProvider {
  @Override
  public String name() {
    return "BGR2RGB";
  }

  @Override
  public Transform create(Params params) {
    return sample -> sample.canvas().swapRedBlue();
  }
}
