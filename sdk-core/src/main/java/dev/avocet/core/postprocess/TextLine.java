package dev.avocet.core.postprocess;

import dev.avocet.core.Value;
import dev.avocet.core.Valued;
import java.util.Map;

/**
 * A line of text that was read.
 *
 * @param text the characters
 * @param scores one for each token of the dictionary that was emitted; not copied, not to be
 *     written
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record TextLine(String text, float[] scores) implements Valued {
  /** {@code {text, score: […]}}. */
  @Override
  public Value toValue() {
    return Value.object(Map.entry("text", Value.of(text)), Map.entry("score", Value.of(scores)));
  }
}
