package dev.avocet.postprocess;

import dev.avocet.core.DataType;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.Labels;
import dev.avocet.core.postprocess.NetOutputs;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The scores of all classes of one picture or clip: {@code output}, or the only output there is,
 * FLOAT32 [B,C] or [B,C,1,1]. Immutable.
 */
public final class ClassScores {
  private static final String OUTPUT = "output";

  private final float[] scores;

  private ClassScores(float[] scores) {
    this.scores = scores;
  }

  /**
   * Reads entry {@code index} of the batch.
   *
   * @throws dev.avocet.core.AvocetException FAIL where the output is another one, or holds NaN
   */
  public static ClassScores read(NetOutputs outputs, int index) {
    String name = Outputs.nameOf(outputs, OUTPUT);
    Tensor output = outputs.get(name);
    boolean fits =
        output.type() == DataType.FLOAT32
            && output.shape().rank() >= 2
            && output.shape().dim(1) >= 1;
    for (int axis = 2; fits && axis < output.shape().rank(); axis++) {
      fits = output.shape().dim(axis) == 1;
    }
    if (!fits) {
      throw Outputs.unexpected(name, "FLOAT32[B,C] or FLOAT32[B,C,1,1]", output);
    }
    Outputs.checkIndex(name, output, index);
    float[] scores = new float[(int) output.shape().dim(1)];
    FloatBuffer values = output.floats();
    values.get(index * scores.length, scores);
    for (float score : scores) {
      if (Float.isNaN(score)) {
        throw Outputs.nan("a score in \"" + name + "\"");
      }
    }
    return new ClassScores(scores);
  }

  /** Probabilities of these scores: {@code exp(v - max)}, divided by their sum, in float32. */
  public ClassScores softmax() {
    float max = Float.NEGATIVE_INFINITY;
    for (float score : scores) {
      max = Math.max(max, score);
    }
    float[] exp = new float[scores.length];
    float sum = 0;
    for (int i = 0; i < exp.length; i++) {
      // A score that is the maximum even if infinite counts as 1, where the difference is NaN.
      exp[i] = scores[i] == max ? 1 : (float) Math.exp(scores[i] - max);
      sum += exp[i];
    }
    for (int i = 0; i < exp.length; i++) {
      exp[i] /= sum;
    }
    return new ClassScores(exp);
  }

  /** All classes in their order. */
  public Labels all() {
    int[] ids = new int[scores.length];
    Arrays.setAll(ids, i -> i);
    return new Labels(ids, scores.clone());
  }

  /** The best {@code k} classes, or all where there are fewer, best first, equal ones in order. */
  public Labels top(int k) {
    int n = Math.min(k, scores.length);
    int[] ids = new int[n];
    int found = 0;
    for (int c = 0; c < scores.length; c++) {
      if (found < n || scores[c] > scores[ids[n - 1]]) {
        int place = found < n ? found++ : n - 1;
        while (place > 0 && scores[c] > scores[ids[place - 1]]) {
          ids[place] = ids[place - 1];
          place--;
        }
        ids[place] = c;
      }
    }
    float[] best = new float[n];
    for (int i = 0; i < n; i++) {
      best[i] = scores[ids[i]];
    }
    return new Labels(ids, best);
  }
}
