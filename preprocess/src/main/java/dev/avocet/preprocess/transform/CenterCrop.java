package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Sample;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Keeps the middle. Parameter: {@code crop_size} (a number or {@code [height, width]}). A picture
 * that is smaller is kept as it is, without padding.
 */
public final class CenterCrop implements TransformProvider {
  @Override
  public String name() {
    return "CenterCrop";
  }

  @Override
  public Transform create(Params params) {
    int[] size = ParamReader.positivePair(params, "crop_size", "[height, width]");
    return sample -> apply(sample, size[0], size[1]);
  }

  private static void apply(Sample sample, int cropHeight, int cropWidth) {
    Canvas canvas = sample.canvas();
    int x = start(canvas.width(), cropWidth);
    int y = start(canvas.height(), cropHeight);
    int width = Math.min(canvas.width() - x, cropWidth);
    int height = Math.min(canvas.height() - y, cropHeight);
    canvas.crop(x, y, width, height);
    sample.imageSize(width, height);
  }

  private static int start(int whole, int part) {
    return Math.max(0, (int) Math.round((whole - part) / 2.0));
  }
}
