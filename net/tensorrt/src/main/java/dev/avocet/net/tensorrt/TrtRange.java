package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shapes that one input may have in an engine.
 *
 * @param min smallest extents, 1 or more
 * @param opt extents that the engine is made fastest for
 * @param max largest extents
 */
record TrtRange(Shape min, Shape opt, Shape max) {
  /** TensorRT's largest extent of an axis. */
  private static final long MOST = Integer.MAX_VALUE;

  /** Checks ranks and order. */
  TrtRange {
    if (min.rank() != opt.rank() || opt.rank() != max.rank()) {
      throw AvocetException.invalidArgument(
          "%s, %s, %s: smallest, best and largest shape have to have as many axes each"
              .formatted(text(min), text(opt), text(max)));
    }
    for (int axis = 0; axis < min.rank(); axis++) {
      long low = min.dim(axis);
      long high = max.dim(axis);
      if (low < 1 || low > opt.dim(axis) || opt.dim(axis) > high || high > MOST) {
        throw AvocetException.invalidArgument(
            "%s, %s, %s: axis %d has to grow from the smallest to the best to the largest shape, from 1 to %d"
                .formatted(text(min), text(opt), text(max), axis, MOST));
      }
    }
  }

  /** One shape only. */
  static TrtRange of(Shape shape) {
    return new TrtRange(shape, shape, shape);
  }

  /**
   * Reads {@code 1x3x320x320,1x3x640x640,1x3x1344x1344} or one shape alone.
   *
   * @throws AvocetException INVALID_ARG
   */
  static TrtRange parse(String text) {
    List<Shape> shapes = Arrays.stream(text.split(",", -1)).map(TrtRange::shape).toList();
    return switch (shapes.size()) {
      case 1 -> of(shapes.get(0));
      case 3 -> new TrtRange(shapes.get(0), shapes.get(1), shapes.get(2));
      default ->
          throw AvocetException.invalidArgument(
              "%s: expected one shape, or the smallest, the best and the largest".formatted(text));
    };
  }

  private static Shape shape(String text) {
    if (!text.matches("[0-9]{1,10}(x[0-9]{1,10}){0,7}")) {
      throw AvocetException.invalidArgument(
          "\"%s\" is no shape: expected up to 8 extents, for example 1x3x640x640".formatted(text));
    }
    return Shape.of(Arrays.stream(text.split("x", -1)).mapToLong(Long::parseLong).toArray());
  }

  /**
   * Refuses a range that an input cannot have.
   *
   * @param where the range is written
   */
  void check(String where, String input, Shape shape) {
    if (!shape.accepts(min) || !shape.accepts(max)) {
      throw AvocetException.invalidArgument(
          "%s: %s does not fit the network's input %s%s".formatted(where, this, input, shape));
    }
  }

  private static String text(Shape shape) {
    return Arrays.stream(shape.toArray()).mapToObj(Long::toString).collect(Collectors.joining("x"));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return text(min) + "," + text(opt) + "," + text(max);
  }
}
