package dev.avocet.postprocess.mmocr;

import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.postprocess.Outputs;

/** One picture's planes of an output FLOAT32 [B,C,H,W], copied. Confined to one thread. */
final class Planes {
  private final int width;
  private final int height;
  private final float[] values;

  private Planes(int width, int height, float[] values) {
    this.width = width;
    this.height = height;
    this.values = values;
  }

  /**
   * Copies the planes of entry {@code index}.
   *
   * @param least number of planes there have to be
   * @param expected what the output should be, for the message
   * @throws dev.avocet.core.AvocetException FAIL where it is something else, or holds NaN
   */
  static Planes of(String name, Tensor output, int index, int least, String expected) {
    Shape shape = output.shape();
    if (output.type() != DataType.FLOAT32
        || shape.rank() != 4
        || shape.dim(1) < least
        || shape.dim(2) < 1
        || shape.dim(3) < 1) {
      throw Outputs.unexpected(name, expected, output);
    }
    Outputs.checkIndex(name, output, index);
    int size = (int) (shape.elements() / shape.dim(0));
    float[] values = new float[size];
    output.floats().get(index * size, values);
    for (float v : values) {
      if (Float.isNaN(v)) {
        throw Outputs.nan("a value in \"" + name + "\"");
      }
    }
    return new Planes((int) shape.dim(3), (int) shape.dim(2), values);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Number of planes. */
  int count() {
    return values.length / (width * height);
  }

  float at(int plane, int pixel) {
    return values[plane * width * height + pixel];
  }

  /** The logistic function of all values of a plane: logits become probabilities. */
  float[] probabilities(int plane) {
    float[] probabilities = new float[width * height];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = (float) (1 / (1 + Math.exp(-at(plane, i))));
    }
    return probabilities;
  }
}
