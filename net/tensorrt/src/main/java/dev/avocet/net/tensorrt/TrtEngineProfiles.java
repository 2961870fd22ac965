package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Shape;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The optimisation profiles of an engine: for which shapes it was built. Several contexts may run
 * in one profile at a time; since TensorRT 10 that is always so.
 *
 * @param all for each profile the bounds of each input, in the inputs' order; one profile or more
 */
record TrtEngineProfiles(List<List<TrtBounds>> all) {
  /** Copies the lists. */
  TrtEngineProfiles {
    all = all.stream().map(List::copyOf).toList();
  }

  /** Whether an input may have a shape in any of them. */
  boolean accept(int input, Shape shape) {
    return all.stream().anyMatch(profile -> profile.get(input).accept(shape));
  }

  /** What an input may have, for people: {@code [1,3,640,640] or [1..8,3,320,320]}. */
  String describe(int input) {
    return all.stream()
        .map(profile -> profile.get(input).toString())
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  /**
   * The profile for these shapes: of those that take them the one whose best shapes are nearest,
   * the first of equals.
   *
   * @param shapes one for each input
   * @throws AvocetException INVALID_ARG where none takes them all together
   */
  int choose(List<Shape> shapes) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < all.size(); i++) {
      double distance = distance(all.get(i), shapes);
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    if (best < 0) {
      throw AvocetException.invalidArgument(
          "shapes=%s: the engine was built for %s; build it with an optimisation profile for these shapes"
              .formatted(
                  shapes, all.stream().map(List::toString).collect(Collectors.joining(" or "))));
    }
    return best;
  }

  private static double distance(List<TrtBounds> profile, List<Shape> shapes) {
    double distance = 0;
    for (int i = 0; i < shapes.size(); i++) {
      if (!profile.get(i).accept(shapes.get(i))) {
        return Double.POSITIVE_INFINITY;
      }
      distance += profile.get(i).distance(shapes.get(i));
    }
    return distance;
  }
}
