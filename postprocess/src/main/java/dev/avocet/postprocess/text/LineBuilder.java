package dev.avocet.postprocess.text;

import dev.avocet.core.postprocess.TextLine;
import java.util.Arrays;

/** Puts a line of text together, token by token. Confined to one thread. */
public final class LineBuilder {
  private final StringBuilder text = new StringBuilder();
  private float[] scores = new float[32];
  private int size;

  /** Appends a token. */
  public void add(String token, float score) {
    if (size == scores.length) {
      scores = Arrays.copyOf(scores, 2 * size);
    }
    text.append(token);
    scores[size++] = score;
  }

  /** The line so far. */
  public TextLine line() {
    return new TextLine(text.toString(), Arrays.copyOf(scores, size));
  }
}
