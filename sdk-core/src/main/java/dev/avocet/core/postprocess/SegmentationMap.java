package dev.avocet.core.postprocess;

import dev.avocet.core.Value;
import dev.avocet.core.Valued;
import java.util.Map;

/**
 * What each pixel of the upright source picture shows. Exactly one of the arrays is there, row by
 * row; it is not copied and must not be written.
 *
 * @param width pixels across
 * @param height pixels down
 * @param classes number of classes
 * @param labels class number of each pixel, or null
 * @param scores plane after plane, one a class, the score of each pixel, or null
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record SegmentationMap(int width, int height, int classes, int[] labels, float[] scores)
    implements Valued {
  /** {@code {mask, score, height, width, classes}}; the arrays are opaque, one of them null. */
  @Override
  public Value toValue() {
    return Value.object(
        Map.entry("mask", labels == null ? Value.nothing() : Value.opaque(labels)),
        Map.entry("score", scores == null ? Value.nothing() : Value.opaque(scores)),
        Map.entry("height", Value.of(height)),
        Map.entry("width", Value.of(width)),
        Map.entry("classes", Value.of(classes)));
  }
}
