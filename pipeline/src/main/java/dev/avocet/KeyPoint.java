package dev.avocet;

import dev.avocet.core.Rect;
import dev.avocet.core.postprocess.KeyPoints;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A point of an object, for example an elbow.
 *
 * @param x from the left, in pixels of the upright source picture; may lie outside
 * @param y from the top
 * @param score as the network gives it, higher is surer
 */
public record KeyPoint(float x, float y, float score) {
  /** What a head found in a region of a picture, in pixels of the whole picture. */
  static List<KeyPoint> listOf(KeyPoints found, Rect region) {
    return IntStream.range(0, found.x().length)
        .mapToObj(
            i ->
                new KeyPoint(
                    found.x()[i] + region.x(), found.y()[i] + region.y(), found.scores()[i]))
        .toList();
  }
}
