package dev.avocet.core.postprocess;

import dev.avocet.core.Point;
import dev.avocet.core.Quad;
import dev.avocet.core.Value;
import dev.avocet.core.Valued;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Regions of text.
 *
 * @param quads corners in pixels of the upright source picture
 * @param scores one for each, 0 to 1; not copied, not to be written
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Quads(List<Quad> quads, float[] scores) implements Valued.Many {
  /** Copies the list. */
  public Quads {
    quads = List.copyOf(quads);
  }

  /** A list of {@code {bbox: [x, y, x, y, x, y, x, y], score}}. */
  @Override
  public Value toValue() {
    List<Value> list = new ArrayList<>(quads.size());
    for (int i = 0; i < quads.size(); i++) {
      float[] corners = new float[8];
      for (int k = 0; k < 4; k++) {
        Point corner = quads.get(i).corners().get(k);
        corners[2 * k] = corner.x();
        corners[2 * k + 1] = corner.y();
      }
      list.add(
          Value.object(
              Map.entry("bbox", Value.of(corners)),
              Map.entry("score", Value.of((double) scores[i]))));
    }
    return Value.of(list);
  }
}
