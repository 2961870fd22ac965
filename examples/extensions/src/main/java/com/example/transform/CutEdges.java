package com.example.transform;

import dev.avocet.core.AvocetException;
import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Sample;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Cuts pixels off the edges, for a camera whose housing is in the picture. Comes before any
 * scaling. Parameter: {@code edges}, {@code [left, top, right, bottom]} in source pixels.
 */
public final class CutEdges implements TransformProvider {
  @Override
  public String name() {
    return "CutEdges";
  }

  @Override
  public Transform create(Params params) {
    int[] edges = params.ints("edges");
    if (edges.length != 4 || edges[0] < 0 || edges[1] < 0 || edges[2] < 0 || edges[3] < 0) {
      throw params.error("edges", "four numbers [left, top, right, bottom] of 0 or more");
    }
    return sample -> cut(sample, params, edges[0], edges[1], edges[2], edges[3]);
  }

  private static void cut(Sample sample, Params params, int left, int top, int right, int bottom) {
    Canvas canvas = sample.canvas();
    int width = canvas.width() - left - right;
    int height = canvas.height() - top - bottom;
    if (width < 1 || height < 1) {
      throw AvocetException.invalidArgument(
          "%s.edges: nothing is left of a picture of %dx%d"
              .formatted(params.where(), canvas.width(), canvas.height()));
    }
    canvas.crop(left, top, width, height);
    // Heads compute source = network / scale - border: what was cut off is a negative border.
    sample.border(-top, -left);
    sample.imageSize(width, height);
  }
}
