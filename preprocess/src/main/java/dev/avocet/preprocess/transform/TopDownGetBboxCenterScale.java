package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Widens the caller's box, or the whole picture where there is none, to the network's shape and by
 * {@code padding} (1.25). {@code image_size}, {@code [width, height]}, is needed.
 */
public final class TopDownGetBboxCenterScale implements TransformProvider {
  @Override
  public String name() {
    return "TopDownGetBboxCenterScale";
  }

  @Override
  public Transform create(Params params) {
    int[] size = ParamReader.positivePair(params, "image_size", "[width, height]");
    float padding = params.floatValue("padding", 1.25f);
    if (!(padding > 0 && padding <= 100)) {
      throw params.error("padding", "a number above 0, at most 100");
    }
    return new BoxStep(sample -> sample.window(BoxWindow.of(sample, size, padding)));
  }
}
