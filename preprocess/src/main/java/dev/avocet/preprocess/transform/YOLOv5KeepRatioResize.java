package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Samples the picture as large as it fits into {@code scale} (a number or two, in either order), by
 * area where it shrinks and bilinear where it grows; sizes are cut to whole pixels. A step of
 * mmyolo ({@code mmyolo/datasets/transforms/transforms.py}), before {@code LetterResize};
 * MMDeploy's exporter drops it, so that its runtime leaves small pictures small.
 */
public final class YOLOv5KeepRatioResize implements TransformProvider {
  @Override
  public String name() {
    return "YOLOv5KeepRatioResize";
  }

  @Override
  public Transform create(Params params) {
    int[] scale = ParamReader.positivePair(params, "scale", "[width, height]");
    if (!params.booleanValue("keep_ratio", true)) {
      throw params.error("keep_ratio", "true");
    }
    Sampling sampling = Sampling.of(params);
    int longer = Math.max(scale[0], scale[1]);
    int shorter = Math.min(scale[0], scale[1]);
    return sample -> {
      Canvas canvas = sample.canvas();
      int width = canvas.width();
      int height = canvas.height();
      double ratio =
          Math.min(
              (double) longer / Math.max(width, height),
              (double) shorter / Math.min(width, height));
      int toWidth = (int) (width * ratio);
      int toHeight = (int) (height * ratio);
      Scaling.resize(sample, toWidth, toHeight, sampling.when(ratio < 1));
    };
  }
}
