package dev.avocet.preprocess.transform;

import dev.avocet.core.AvocetException;
import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Sample;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Makes ten pictures: the four corners and the middle, each followed by its mirror image. {@code
 * crop_size} is a number or {@code [width, height]}. Stands in the {@code Lift} of a list for
 * clips.
 */
public final class TenCrop implements TransformProvider {
  /** Quarters of what is left over, across and down: corners in reading order, then the middle. */
  private static final int[][] PLACES = {{0, 0}, {4, 0}, {0, 4}, {4, 4}, {2, 2}};

  @Override
  public String name() {
    return "TenCrop";
  }

  @Override
  public Transform create(Params params) {
    int[] size = ParamReader.positivePair(params, "crop_size", "[width, height]");
    return new ViewsStep(2 * PLACES.length, sample -> crop(sample, params, size));
  }

  private static void crop(Sample sample, Params params, int[] size) {
    Canvas canvas = sample.canvas();
    checkFits(canvas, params, size);
    int[] place = PLACES[sample.view() / 2];
    int x = place[0] * ((canvas.width() - size[0]) / 4);
    int y = place[1] * ((canvas.height() - size[1]) / 4);
    canvas.crop(x, y, size[0], size[1]);
    if (sample.view() % 2 == 1) {
      canvas.mirror();
    }
    sample.imageSize(size[0], size[1]);
  }

  static void checkFits(Canvas canvas, Params params, int[] size) {
    if (canvas.width() < size[0] || canvas.height() < size[1]) {
      throw AvocetException.invalidArgument(
          "%s.crop_size: the picture is %dx%d here, smaller than %dx%d: put a Resize before it"
              .formatted(params.where(), canvas.width(), canvas.height(), size[0], size[1]));
    }
  }
}
