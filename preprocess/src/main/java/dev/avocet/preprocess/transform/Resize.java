package dev.avocet.preprocess.transform;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Samples the picture at a new size. Parameters: {@code size} or {@code scale} (a number, {@code
 * [width, height]}, or {@code [s, -1]} for a shorter edge of {@code s}), {@code keep_ratio}, {@code
 * interpolation}.
 *
 * <p>The short edge is computed with integer division and {@code keep_ratio} with a float32 factor,
 * as in the reference, so {@code {"size": [256, -1], "keep_ratio": true}} can give 255. Where the
 * reference fails this does not: an edge is at least one pixel, and a second scaling multiplies the
 * scale of the first, where the reference takes what an earlier step left as {@code scale} or
 * {@code scale_factor} for the size to make.
 */
public final class Resize implements TransformProvider {
  @Override
  public String name() {
    return "Resize";
  }

  @Override
  public Transform create(Params params) {
    // mmagic's exporter leaves the key's name of the training lists.
    String key = params.has("scale") && !params.has("size") ? "scale" : "size";
    int[] size = ParamReader.pair(params, key, "[width, height]");
    if (size[0] < 1 || (size[1] < 1 && size[1] != -1)) {
      throw params.error(key, "a number or two numbers [width, height], at least 1 or [s, -1]");
    }
    boolean keepRatio = params.booleanValue("keep_ratio", false);
    Interpolation interpolation = ParamReader.interpolation(params);
    return sample -> {
      Canvas canvas = sample.canvas();
      int[] target = target(canvas.width(), canvas.height(), size, keepRatio);
      Scaling.resize(sample, target[0], target[1], interpolation);
    };
  }

  private static int[] target(int width, int height, int[] size, boolean keepRatio) {
    int[] to = size[1] == -1 ? shortEdge(width, height, size[0]) : size;
    if (!keepRatio) {
      return to;
    }
    int longer = Math.max(to[0], to[1]);
    int shorter = Math.min(to[0], to[1]);
    // Two double quotients, then one float32: the order of roundings decides the last pixel.
    float factor =
        (float)
            Math.min(
                (double) longer / Math.max(width, height),
                (double) shorter / Math.min(width, height));
    return new int[] {(int) (width * factor + 0.5), (int) (height * factor + 0.5)};
  }

  private static int[] shortEdge(int width, int height, int edge) {
    long longer = (long) edge * Math.max(width, height) / Math.min(width, height);
    if (longer > Integer.MAX_VALUE) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "a %dx%d picture with a short edge of %d is too long".formatted(width, height, edge));
    }
    return width < height ? new int[] {edge, (int) longer} : new int[] {(int) longer, edge};
  }
}
