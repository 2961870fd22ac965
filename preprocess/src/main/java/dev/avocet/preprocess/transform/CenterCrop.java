package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Sample;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Keeps the middle. Parameters: {@code crop_size} (a number or {@code [height, width]}); {@code
 * rounding} of a corner that falls between two pixels: {@code half_up} as in the reference, which
 * differs from the training code there, {@code half_even} as in Python. A picture that is smaller
 * is kept as it is, without padding.
 */
public final class CenterCrop implements TransformProvider {
  @Override
  public String name() {
    return "CenterCrop";
  }

  @Override
  public Transform create(Params params) {
    int[] size = ParamReader.positivePair(params, "crop_size", "[height, width]");
    String rounding = params.text("rounding", "half_up");
    if (!rounding.equals("half_up") && !rounding.equals("half_even")) {
      throw params.error("rounding", "half_up or half_even");
    }
    boolean toEven = rounding.equals("half_even");
    return sample -> apply(sample, size[0], size[1], toEven);
  }

  private static void apply(Sample sample, int cropHeight, int cropWidth, boolean toEven) {
    Canvas canvas = sample.canvas();
    int x = start(canvas.width(), cropWidth, toEven);
    int y = start(canvas.height(), cropHeight, toEven);
    int width = Math.min(canvas.width() - x, cropWidth);
    int height = Math.min(canvas.height() - y, cropHeight);
    canvas.crop(x, y, width, height);
    sample.imageSize(width, height);
  }

  private static int start(int whole, int part, boolean toEven) {
    double middle = (whole - part) / 2.0;
    return Math.max(0, (int) (toEven ? Math.rint(middle) : Math.round(middle)));
  }
}
