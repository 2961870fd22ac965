package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/** Lays the channels out as planes; the element type stays. Parameter: {@code keys}. */
public final class ImageToTensor implements TransformProvider {
  @Override
  public String name() {
    return "ImageToTensor";
  }

  @Override
  public Transform create(Params params) {
    ParamReader.checkKeys(params);
    return sample -> sample.canvas().toPlanar();
  }
}
