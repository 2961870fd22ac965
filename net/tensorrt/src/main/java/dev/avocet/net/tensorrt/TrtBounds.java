package dev.avocet.net.tensorrt;

import dev.avocet.core.Shape;

/**
 * What one input may have in one optimisation profile of an engine.
 *
 * @param min smallest extents
 * @param opt those that the profile is fastest for
 * @param max largest extents
 */
record TrtBounds(Shape min, Shape opt, Shape max) {
  /** Whether a shape lies within. */
  boolean accept(Shape shape) {
    if (shape.rank() != min.rank()) {
      return false;
    }
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (shape.dim(axis) < min.dim(axis) || shape.dim(axis) > max.dim(axis)) {
        return false;
      }
    }
    return true;
  }

  /** How far from the best a shape is: 0, or by which factor it is larger or smaller, as a log. */
  double distance(Shape shape) {
    double distance = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      // An extent of 0 is as far from 1 as 1 is from 2.
      distance += Math.abs(Math.log((shape.dim(axis) + 1.0) / (opt.dim(axis) + 1.0)));
    }
    return distance;
  }

  /** For example {@code [1..8,3,320..640,640]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int axis = 0; axis < min.rank(); axis++) {
      text.append(axis == 0 ? "" : ",").append(min.dim(axis));
      if (max.dim(axis) != min.dim(axis)) {
        text.append("..").append(max.dim(axis));
      }
    }
    return text.append("]").toString();
  }
}
