package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Samples the picture at the next multiple of {@code size_divisor} (32) each way; {@code
 * interpolation} as in {@code Resize}. A step of mmseg that MMDeploy's runtime lacks; its scale
 * counts here, so that boxes find back too.
 */
public final class ResizeToMultiple implements TransformProvider {
  @Override
  public String name() {
    return "ResizeToMultiple";
  }

  @Override
  public Transform create(Params params) {
    int divisor = params.intValue("size_divisor", 32);
    if (divisor < 1) {
      throw params.error("size_divisor", "at least 1");
    }
    Interpolation interpolation = ParamReader.interpolation(params);
    return sample -> {
      Canvas canvas = sample.canvas();
      int width = Scaling.roundUp(canvas.width(), divisor);
      Scaling.resize(sample, width, Scaling.roundUp(canvas.height(), divisor), interpolation);
    };
  }
}
