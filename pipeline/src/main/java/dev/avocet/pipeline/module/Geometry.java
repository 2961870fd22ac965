package dev.avocet.pipeline.module;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Point;
import dev.avocet.core.Quad;
import dev.avocet.core.RectF;
import dev.avocet.core.Value;

/** Reads boxes and quadrilaterals of values. */
final class Geometry {
  private Geometry() {}

  /** The {@code bbox: [x1, y1, x2, y2]} of a detection; corners in any order. */
  static RectF box(Value detection) {
    float[] b = numbers(detection, 4);
    float x = Math.min(b[0], b[2]);
    float y = Math.min(b[1], b[3]);
    return new RectF(x, y, Math.max(b[0], b[2]) - x, Math.max(b[1], b[3]) - y);
  }

  /** The {@code bbox} of eight numbers of a text region, moved. */
  static Quad quad(Value region, float dx, float dy) {
    float[] b = numbers(region, 8);
    return new Quad(
        new Point(b[0] + dx, b[1] + dy),
        new Point(b[2] + dx, b[3] + dy),
        new Point(b[4] + dx, b[5] + dy),
        new Point(b[6] + dx, b[7] + dy));
  }

  private static float[] numbers(Value value, int count) {
    float[] numbers = value.get("bbox").asFloats();
    if (numbers.length != count) {
      throw AvocetException.invalidArgument(
          "bbox has %d numbers, expected %d".formatted(numbers.length, count));
    }
    return numbers;
  }
}
