package dev.avocet.postprocess;

import java.nio.FloatBuffer;

/** The best of several class scores; the first of equal ones. Confined to one thread. */
public final class BestClass {
  private int label;
  private float score;

  /**
   * Looks at {@code n} scores, 1 or more, that lie {@code step} apart from {@code at} on. A NaN
   * among them becomes the score.
   */
  public void find(FloatBuffer values, int at, int step, int n) {
    label = 0;
    score = values.get(at);
    for (int c = 1; c < n && !Float.isNaN(score); c++) {
      float v = values.get(at + c * step);
      // Negated, so that a NaN is taken up instead of passed over.
      if (!(v <= score)) {
        label = c;
        score = v;
      }
    }
  }

  /** Number of the best class. */
  public int label() {
    return label;
  }

  /** Its score. */
  public float score() {
    return score;
  }
}
