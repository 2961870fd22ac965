package dev.avocet.bridge;

import dev.avocet.core.AvocetException;
import java.util.Map;

/** All types of handles by their numbers. Stateless. */
final class Kinds {
  private static final Map<Integer, Kind<?>> ALL =
      Map.of(
          Types.MODEL, new ModelKind(),
          Types.CLASSIFIER, new ClassifierKind(),
          Types.DETECTOR, new DetectorKind());

  private Kinds() {}

  static Kind<?> of(int type) {
    Kind<?> kind = ALL.get(type);
    if (kind == null) {
      throw AvocetException.invalidArgument("type=" + type + " is no type of handle");
    }
    return kind;
  }
}
