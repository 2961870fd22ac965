package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;
import java.util.Arrays;

/**
 * Makes float values from 0 to 1 of bytes: {@code v * (1 / 255)} in float32. A step of mmagic that
 * MMDeploy's runtime lacks. Parameter: {@code keys}.
 */
public final class RescaleToZeroOne implements TransformProvider {
  private static final float LARGEST = 255;

  @Override
  public String name() {
    return "RescaleToZeroOne";
  }

  @Override
  public Transform create(Params params) {
    if (params.has("keys")) {
      ParamReader.checkKeys(params);
    }
    return sample -> {
      int channels = sample.canvas().channels();
      float[] std = new float[channels];
      Arrays.fill(std, LARGEST);
      sample.canvas().normalize(new float[channels], std, false);
    };
  }
}
