package dev.avocet.core.postprocess;

import dev.avocet.core.Value;
import dev.avocet.core.Valued;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Key points of one object, in the network's order, in pixels of the upright source picture. Arrays
 * are not copied and must not be written.
 *
 * @param x columns
 * @param y rows
 * @param scores one for each point
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record KeyPoints(float[] x, float[] y, float[] scores) implements Valued {
  /** {@code {key_points: [{bbox: [x, y], score}]}}. */
  @Override
  public Value toValue() {
    List<Value> list = new ArrayList<>(scores.length);
    for (int i = 0; i < scores.length; i++) {
      list.add(
          Value.object(
              Map.entry("bbox", Value.of(x[i], y[i])),
              Map.entry("score", Value.of((double) scores[i]))));
    }
    return Value.object(Map.entry("key_points", Value.of(list)));
  }
}
