package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Interpolation;

/**
 * How to sample a picture of which only its size will tell whether it shrinks.
 *
 * @param shrinking where it becomes smaller
 * @param growing where it becomes larger
 */
record Sampling(Interpolation shrinking, Interpolation growing) {
  /** The one in {@code interpolation}, else by area to shrink and bilinear to grow. */
  static Sampling of(Params params) {
    if (!params.has("interpolation")) {
      return new Sampling(Interpolation.AREA, Interpolation.BILINEAR);
    }
    Interpolation given = ParamReader.interpolation(params);
    return new Sampling(given, given);
  }

  Interpolation when(boolean smaller) {
    return smaller ? shrinking : growing;
  }
}
