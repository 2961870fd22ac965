package dev.avocet.core.postprocess;

import dev.avocet.core.Quad;
import java.util.List;

/**
 * Regions of text.
 *
 * @param quads corners in pixels of the upright source picture
 * @param scores one for each, 0 to 1; not copied, not to be written
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Quads(List<Quad> quads, float[] scores) {
  /** Copies the list. */
  public Quads {
    quads = List.copyOf(quads);
  }
}
