package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.Sample;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Gives lines of text their height: the width that keeps the source's shape, rounded up, then at
 * least {@code min_width}, at most {@code max_width}, then the nearest multiple of {@code
 * width_divisor} (1), which may be above {@code max_width} as in the reference, but is never 0.
 * {@code height} is needed; what is no number counts as absent.
 */
public final class RescaleToHeight implements TransformProvider {
  @Override
  public String name() {
    return "RescaleToHeight";
  }

  @Override
  public Transform create(Params params) {
    int height = ParamReader.positive(params, "height");
    int least = ParamReader.wholeValue(params, "min_width", 0);
    int most = ParamReader.wholeValue(params, "max_width", 0);
    int divisor = ParamReader.wholeValue(params, "width_divisor", 1);
    if (divisor < 1) {
      throw params.error("width_divisor", "at least 1");
    }
    return sample -> {
      int width = Math.max(least, widthFor(sample, height));
      width = most > 0 ? Math.min(most, width) : width;
      Scaling.resize(
          sample, Scaling.nearestMultiple(width, divisor), height, Interpolation.BILINEAR);
    };
  }

  /** The width that keeps the source picture's shape, in the reference's float32. */
  static int widthFor(Sample sample, int height) {
    return (int) Math.ceil(1f * height / sample.originalHeight() * sample.originalWidth());
  }
}
