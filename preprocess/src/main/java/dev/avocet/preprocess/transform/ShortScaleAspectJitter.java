package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Gives the shorter edge the length {@code short_size} (736), keeps the shape and then rounds both
 * edges up to multiples of {@code scale_divisor} (1). {@code ratio_range} and {@code
 * aspect_ratio_range}, which jitter while training, have to be {@code [1, 1]}.
 */
public final class ShortScaleAspectJitter implements TransformProvider {
  @Override
  public String name() {
    return "ShortScaleAspectJitter";
  }

  @Override
  public Transform create(Params params) {
    int edge = ParamReader.wholeValue(params, "short_size", 736);
    int divisor = ParamReader.wholeValue(params, "scale_divisor", 1);
    if (edge < 1) {
      throw params.error("short_size", "at least 1");
    }
    if (divisor < 1) {
      throw params.error("scale_divisor", "at least 1");
    }
    checkOnes(params, "ratio_range", params.floats("ratio_range"));
    checkOnes(params, "aspect_ratio_range", params.floats("aspect_ratio_range"));
    return sample -> {
      Canvas canvas = sample.canvas();
      float scale = (float) ((double) edge / Math.min(canvas.width(), canvas.height()));
      int width = Math.round(scale * canvas.width());
      int height = Math.round(scale * canvas.height());
      Scaling.resize(
          sample,
          Scaling.roundUp(width, divisor),
          Scaling.roundUp(height, divisor),
          Interpolation.BILINEAR);
    };
  }

  private static void checkOnes(Params params, String key, float[] range) {
    if (range.length != 2 || range[0] != 1 || range[1] != 1) {
      throw params.error(key, "[1, 1]: a picture is not jittered here");
    }
  }
}
