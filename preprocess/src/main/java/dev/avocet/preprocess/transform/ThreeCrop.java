package dev.avocet.preprocess.transform;

import dev.avocet.core.AvocetException;
import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Sample;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Makes three pictures along the longer edge: the first, the last and the middle one. {@code
 * crop_size} is a number or {@code [width, height]}, one of which is the picture's own there.
 * Stands in the {@code Lift} of a list for clips.
 */
public final class ThreeCrop implements TransformProvider {
  /** Halves of what is left over. */
  private static final int[] PLACES = {0, 2, 1};

  @Override
  public String name() {
    return "ThreeCrop";
  }

  @Override
  public Transform create(Params params) {
    int[] size = ParamReader.positivePair(params, "crop_size", "[width, height]");
    return new ViewsStep(PLACES.length, sample -> crop(sample, params, size));
  }

  private static void crop(Sample sample, Params params, int[] size) {
    Canvas canvas = sample.canvas();
    TenCrop.checkFits(canvas, params, size);
    if (canvas.width() != size[0] && canvas.height() != size[1]) {
      throw AvocetException.invalidArgument(
          "%s.crop_size: the picture is %dx%d here, %dx%d has to share its width or height"
              .formatted(params.where(), canvas.width(), canvas.height(), size[0], size[1]));
    }
    // One of the two is all that there is, so what is left over there is none.
    int x = PLACES[sample.view()] * ((canvas.width() - size[0]) / 2);
    int y = PLACES[sample.view()] * ((canvas.height() - size[1]) / 2);
    canvas.crop(x, y, size[0], size[1]);
    sample.imageSize(size[0], size[1]);
  }
}
