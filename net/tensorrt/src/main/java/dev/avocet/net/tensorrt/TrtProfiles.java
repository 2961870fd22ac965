package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/**
 * Decides for which shapes an engine is made: an optimisation profile has a range for each input
 * with an axis that varies.
 */
final class TrtProfiles {
  private TrtProfiles() {}

  /**
   * The ranges of all inputs that vary, by the network's names, in its order: the caller's, else
   * those of the meta info; where only the first axis varies, else from one picture to the batch of
   * the meta info.
   *
   * @param inputs the network's, -1 for an axis that varies
   * @param given by the caller
   * @throws AvocetException INVALID_ARG where a range is for no input or does not fit its input,
   *     NOT_SUPPORTED where nobody says anything of an axis that varies
   */
  static Map<String, TrtRange> of(
      Map<String, Shape> inputs, Map<String, TrtRange> given, TrtMeta meta) {
    for (String name : given.keySet()) {
      if (!inputs.containsKey(name)) {
        throw AvocetException.invalidArgument(
            "profile: the network has no input \"%s\"; it has %s".formatted(name, inputs));
      }
    }
    Map<String, TrtRange> ranges = new LinkedHashMap<>();
    inputs.forEach(
        (name, shape) -> {
          if (given.containsKey(name)) {
            given.get(name).check("profile", name, shape);
          }
          if (!shape.isStatic()) {
            ranges.put(name, range(name, shape, given, meta));
          }
        });
    return ranges;
  }

  private static TrtRange range(
      String name, Shape shape, Map<String, TrtRange> given, TrtMeta meta) {
    if (given.containsKey(name)) {
      return given.get(name);
    }
    if (meta.ranges().containsKey(name)) {
      TrtRange range = meta.ranges().get(name);
      range.check(TrtMeta.DETAIL, name, shape);
      return range;
    }
    if (meta.batch().isPresent() && shape.with(0, 1).isStatic()) {
      Shape most = shape.with(0, meta.batch().getAsInt());
      return new TrtRange(shape.with(0, 1), most, most);
    }
    throw AvocetException.notSupported(
        "input %s%s varies in its shape, and neither the option profile nor %s says how far: name the smallest, the best and the largest shape, for example profile=%s:%s"
            .formatted(name, shape, TrtMeta.DETAIL, name, example(shape)));
  }

  private static TrtRange example(Shape shape) {
    return new TrtRange(
        filled(shape, axis -> axis == 0 ? 1 : 320),
        filled(shape, axis -> axis == 0 ? 1 : 640),
        filled(shape, axis -> axis == 0 ? 1 : 1280));
  }

  private static Shape filled(Shape shape, LongUnaryOperator extent) {
    long[] dims = shape.toArray();
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = dims[axis] < 1 ? extent.applyAsLong(axis) : dims[axis];
    }
    return Shape.of(dims);
  }
}
