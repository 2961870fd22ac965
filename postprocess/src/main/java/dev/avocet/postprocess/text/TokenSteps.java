package dev.avocet.postprocess.text;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.postprocess.Outputs;
import java.nio.FloatBuffer;

/**
 * What a text recogniser says of one picture: for each step from left to right a score for each
 * class; FLOAT32 [B,T,C]. A view, valid as long as the tensor. Confined to one thread.
 */
public final class TokenSteps {
  private final String name;
  private final int count;
  private final int classes;
  private final FloatBuffer values;

  private TokenSteps(String name, int count, int classes, FloatBuffer values) {
    this.name = name;
    this.count = count;
    this.classes = classes;
    this.values = values;
  }

  /**
   * The steps of entry {@code index} of a batch.
   *
   * @throws AvocetException FAIL where the output has another type, another rank or no classes
   */
  public static TokenSteps of(String name, Tensor output, int index) {
    Shape shape = output.shape();
    if (output.type() != DataType.FLOAT32 || shape.rank() != 3 || shape.dim(2) < 1) {
      throw Outputs.unexpected(name, "FLOAT32[B,T,C]", output);
    }
    Outputs.checkIndex(name, output, index);
    int steps = (int) shape.dim(1);
    int classes = (int) shape.dim(2);
    int size = steps * classes;
    return new TokenSteps(name, steps, classes, output.floats().slice(index * size, size));
  }

  /** Number of steps. */
  public int count() {
    return count;
  }

  /** Number of classes. */
  public int classes() {
    return classes;
  }

  /**
   * The class with the highest score at a step, of equal ones the first.
   *
   * @throws AvocetException FAIL where a score is NaN
   */
  public int best(int step) {
    int best = 0;
    for (int c = 0; c < classes; c++) {
      float v = score(step, c);
      if (Float.isNaN(v)) {
        throw Outputs.nan("step %d, class %d in \"%s\"".formatted(step, c, name));
      }
      if (v > score(step, best)) {
        best = c;
      }
    }
    return best;
  }

  /** The score of a class at a step. */
  public float score(int step, int index) {
    return values.get(step * classes + index);
  }
}
