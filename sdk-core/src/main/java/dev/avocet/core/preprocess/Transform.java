package dev.avocet.core.preprocess;

import java.util.Optional;

/**
 * One step of preprocessing. Reads sizes from the sample, tells its canvas what is to happen and
 * records the geometry; it must not depend on pixel values, so that it can be planned ahead.
 * Immutable and thread safe.
 */
@FunctionalInterface
public interface Transform {
  /**
   * Applies the step.
   *
   * @throws dev.avocet.core.AvocetException INVALID_ARG where the picture cannot be processed so
   */
  void apply(Sample sample);

  /**
   * How many pictures this step makes of one, for instance 10 crops; {@link Sample#view} says which
   * is wanted.
   */
  default int views() {
    return 1;
  }

  /**
   * How the pictures of a clip lie in the network's input, where this step puts them together; a
   * list without such a step takes single pictures.
   */
  default Optional<FrameOrder> frameOrder() {
    return Optional.empty();
  }

  /** Whether this step looks at {@link Sample#box}, and finds the part of the picture for it. */
  default boolean takesBox() {
    return false;
  }
}
