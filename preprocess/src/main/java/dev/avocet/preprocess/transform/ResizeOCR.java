package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.PadMode;
import dev.avocet.core.preprocess.Sample;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Gives lines of text one size: the width that keeps the source's shape, rounded up and then to the
 * nearest multiple of {@code 1 / width_downsample_ratio} (1/16), at least {@code min_width}; with
 * {@code max_width}, padded to it on the right with {@code img_pad_value} (0), or squeezed into it.
 * The share of the width that shows the picture is the sample's valid ratio. {@code
 * keep_aspect_ratio} (true): false stretches to {@code max_width}. {@code height} is needed; {@code
 * min_width} and {@code max_width} may be absent or no numbers. {@code backend} has no effect.
 */
public final class ResizeOCR implements TransformProvider {
  private record Options(int height, int least, int most, int divisor, float padValue) {}

  @Override
  public String name() {
    return "ResizeOCR";
  }

  @Override
  public Transform create(Params params) {
    float ratio = params.floatValue("width_downsample_ratio", 1f / 16);
    if (!(ratio > 0 && ratio <= 1)) {
      throw params.error("width_downsample_ratio", "a number above 0, at most 1");
    }
    Options options =
        new Options(
            ParamReader.positive(params, "height"),
            ParamReader.wholeValue(params, "min_width", 0),
            ParamReader.wholeValue(params, "max_width", 0),
            (int) (1 / ratio),
            params.floatValue("img_pad_value", 0));
    if (params.booleanValue("keep_aspect_ratio", true)) {
      return sample -> apply(sample, options);
    }
    if (options.most < 1) {
      throw params.error("max_width", "a whole number, where keep_aspect_ratio is false");
    }
    return sample -> Scaling.resize(sample, options.most, options.height, Interpolation.BILINEAR);
  }

  private static void apply(Sample sample, Options to) {
    int width = RescaleToHeight.widthFor(sample, to.height);
    width = Math.max(to.least, Scaling.nearestMultiple(width, to.divisor));
    if (to.most < 1) {
      Scaling.resize(sample, width, to.height, Interpolation.BILINEAR);
      return;
    }
    Scaling.resize(sample, Math.min(to.most, width), to.height, Interpolation.BILINEAR);
    Canvas canvas = sample.canvas();
    canvas.pad(0, 0, 0, to.most - canvas.width(), PadMode.CONSTANT, to.padValue);
    sample.validRatio((float) Math.min(1, (double) width / to.most));
  }
}
