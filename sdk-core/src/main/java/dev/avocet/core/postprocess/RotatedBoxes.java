package dev.avocet.core.postprocess;

import dev.avocet.core.Value;
import dev.avocet.core.Valued;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Rotated detections. Arrays are not copied and must not be written.
 *
 * @param labels class numbers
 * @param scores one for each, 0 to 1
 * @param boxes five numbers each: centre x, centre y, width and height in pixels of the upright
 *     source picture, and the angle in radians as the network gives it
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record RotatedBoxes(int[] labels, float[] scores, float[] boxes) implements Valued {
  /** {@code {detections: [{label_id, score, rbbox: [cx, cy, width, height, angle]}]}}. */
  @Override
  public Value toValue() {
    List<Value> list = new ArrayList<>(labels.length);
    for (int i = 0; i < labels.length; i++) {
      list.add(
          Value.object(
              Map.entry("label_id", Value.of(labels[i])),
              Map.entry("score", Value.of((double) scores[i])),
              Map.entry("rbbox", Value.of(Arrays.copyOfRange(boxes, 5 * i, 5 * i + 5)))));
    }
    return Value.object(Map.entry("detections", Value.of(list)));
  }
}
