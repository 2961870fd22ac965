package dev.avocet.core.preprocess;

import dev.avocet.core.model.Params;

/**
 * Makes transforms of one type; found by {@link java.util.ServiceLoader}. Adding a transform = one
 * class and one line in {@code META-INF/services}.
 */
public interface TransformProvider {
  /** The {@code type} in {@code pipeline.json}, for example {@code Resize}. */
  String name();

  /**
   * Makes the step that {@code params} describes, checking every parameter.
   *
   * @throws dev.avocet.core.AvocetException INVALID_ARG or NOT_SUPPORTED, naming file and JSON path
   */
  Transform create(Params params);
}
