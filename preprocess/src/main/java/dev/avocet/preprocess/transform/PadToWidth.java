package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.PadMode;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Pads lines of text on the right to {@code width}; wider ones stay as they are. The share of the
 * width that shows the picture is the sample's valid ratio. {@code pad_cfg} may hold a {@code
 * pad_val} (0). A step of mmocr that its exporter leaves in the list and MMDeploy's runtime lacks.
 */
public final class PadToWidth implements TransformProvider {
  @Override
  public String name() {
    return "PadToWidth";
  }

  @Override
  public Transform create(Params params) {
    int width = ParamReader.positive(params, "width");
    float value = ParamReader.padValue(params.objectOrEmpty("pad_cfg"));
    return sample -> {
      Canvas canvas = sample.canvas();
      sample.validRatio((float) Math.min(1, (double) canvas.width() / width));
      int right = Math.max(0, width - canvas.width());
      canvas.pad(0, 0, 0, right, PadMode.CONSTANT, value);
    };
  }
}
