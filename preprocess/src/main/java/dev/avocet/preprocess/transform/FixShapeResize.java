package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.PadMode;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Samples the picture at {@code width} and {@code height}; with {@code keep_ratio} (false) as large
 * as it fits, padded at the right and below with {@code pad_val}; {@code interpolation}. A step of
 * mmdet that mmyolo's exporter leaves in the list and MMDeploy's runtime lacks.
 */
public final class FixShapeResize implements TransformProvider {
  @Override
  public String name() {
    return "FixShapeResize";
  }

  @Override
  public Transform create(Params params) {
    int width = ParamReader.positive(params, "width");
    int height = ParamReader.positive(params, "height");
    float padValue = ParamReader.padValue(params);
    Interpolation interpolation = ParamReader.interpolation(params);
    if (!params.booleanValue("keep_ratio", false)) {
      return sample -> Scaling.resize(sample, width, height, interpolation);
    }
    return sample -> {
      Canvas canvas = sample.canvas();
      double factor = Math.min((double) width / canvas.width(), (double) height / canvas.height());
      int across = Math.min(width, (int) (canvas.width() * factor + 0.5));
      int down = Math.min(height, (int) (canvas.height() * factor + 0.5));
      Scaling.resize(sample, across, down, interpolation);
      int bottom = height - canvas.height();
      canvas.pad(0, 0, bottom, width - canvas.width(), PadMode.CONSTANT, padValue);
    };
  }
}
