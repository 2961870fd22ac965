package dev.avocet.core;

import java.util.Objects;

/**
 * What a network says of one of its inputs or outputs.
 *
 * @param name the network's own name for it
 * @param type element type
 * @param shape extents, -1 where only a run tells
 */
public record TensorInfo(String name, DataType type, Shape shape) {
  /** Checks that nothing is missing. */
  public TensorInfo {
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
    Objects.requireNonNull(shape);
  }

  @Override
  public String toString() {
    return name + " " + type + shape;
  }
}
