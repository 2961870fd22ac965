package dev.avocet.postprocess;

import dev.avocet.core.AvocetException;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.preprocess.SampleMeta;

/**
 * Collects detections in source pixels: takes them in pixels of the network's input, maps them back
 * in float32 as {@code (v - pad) / scale - border} (MMDeploy's {@code
 * ResizeBBox::MapToOriginImage}), clips left and upper edges to 0 and right and lower edges to the
 * last pixel, and drops what is smaller than a limit then. Reuses its memory; confined to one
 * thread.
 */
public final class SourceBoxes {
  private final Boxes boxes = new Boxes();
  private final float minSize;
  private SampleMeta meta;

  /**
   * A collection that drops what is narrower or lower than a limit.
   *
   * @param minSize least width and height, in source pixels; with 0 or less only boxes that end
   *     before they begin are dropped
   */
  public SourceBoxes(float minSize) {
    this.minSize = Math.max(minSize, 0f);
  }

  /** Forgets everything and takes boxes of the picture {@code meta} from now on. */
  public void begin(SampleMeta meta) {
    this.meta = meta;
    boxes.clear();
  }

  /** The source column, not clipped, that a column of the network's input shows. */
  public static float sourceX(SampleMeta meta, float x) {
    return (x - meta.padLeft()) / meta.scaleX() - meta.borderLeft();
  }

  /** The source row, not clipped, that a row of the network's input shows. */
  public static float sourceY(SampleMeta meta, float y) {
    return (y - meta.padTop()) / meta.scaleY() - meta.borderTop();
  }

  /**
   * Takes one detection, its corners in pixels of the network's input.
   *
   * @param index what {@link Boxes#index(int)} says of it
   * @return whether it is large enough to be kept
   * @throws AvocetException FAIL where a corner is NaN
   */
  public boolean add(
      int index, int label, float score, float left, float top, float right, float bottom) {
    float x1 = Math.max(sourceX(meta, left), 0f);
    float y1 = Math.max(sourceY(meta, top), 0f);
    float x2 = Math.min(sourceX(meta, right), meta.originalWidth() - 1f);
    float y2 = Math.min(sourceY(meta, bottom), meta.originalHeight() - 1f);
    if (Float.isNaN(x1) || Float.isNaN(y1) || Float.isNaN(x2) || Float.isNaN(y2)) {
      throw Outputs.nan("box (%s %s %s %s)".formatted(left, top, right, bottom));
    }
    boolean kept = x2 - x1 >= minSize && y2 - y1 >= minSize;
    if (kept) {
      boxes.add(label, score, x1, y1, x2, y2);
      boxes.setIndex(index);
    }
    return kept;
  }

  /** What has been collected; valid until the next {@link #begin}. */
  public Boxes boxes() {
    return boxes;
  }
}
