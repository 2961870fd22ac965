package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Samples the picture for PoseNet and BodyPix, whose inputs are a multiple of the network's stride,
 * plus one: the longer edge at {@code long_edge} (513), the other in proportion, both cut to such a
 * size for {@code stride} (16) as {@code toValidInputResolution} of TensorFlow.js's body-pix does;
 * {@code interpolation} as in {@link YOLOv5KeepRatioResize}. The script pads the picture to a shape
 * of its own first; here it is stretched by less than a stride.
 */
public final class PoseNetResize implements TransformProvider {
  @Override
  public String name() {
    return "PoseNetResize";
  }

  @Override
  public Transform create(Params params) {
    int longEdge = params.intValue("long_edge", 513);
    int stride = params.intValue("stride", 16);
    if (longEdge < 1) {
      throw params.error("long_edge", "at least 1");
    }
    if (stride < 1) {
      throw params.error("stride", "at least 1");
    }
    Sampling sampling = Sampling.of(params);
    return sample -> {
      Canvas canvas = sample.canvas();
      int longer = Math.max(canvas.width(), canvas.height());
      int width = valid(Scaling.times(canvas.width(), longEdge, longer), stride);
      int height = valid(Scaling.times(canvas.height(), longEdge, longer), stride);
      Scaling.resize(sample, width, height, sampling.when(longEdge < longer));
    };
  }

  private static int valid(int edge, int stride) {
    return Math.max(1, edge / stride) * stride + 1;
  }
}
