package dev.avocet.core.postprocess;

import dev.avocet.core.Value;
import dev.avocet.core.Valued;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Classes of a picture or clip with their scores, in the order that the head gives them. Arrays are
 * not copied and must not be written.
 *
 * @param ids class numbers
 * @param scores one for each
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Labels(int[] ids, float[] scores) implements Valued.Many {
  /** A list of {@code {label_id, score}}. */
  @Override
  public Value toValue() {
    List<Value> list = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      list.add(
          Value.object(
              Map.entry("label_id", Value.of(ids[i])),
              Map.entry("score", Value.of((double) scores[i]))));
    }
    return Value.of(list);
  }
}
