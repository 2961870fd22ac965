package dev.avocet.postprocess;

import dev.avocet.core.AvocetException;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.postprocess.KeyPoints;
import dev.avocet.core.preprocess.SampleMeta;
import java.util.Optional;

/**
 * What heads of raw detectors share: collects boxes in pixels of the network's input, suppresses
 * what overlaps a better one, and takes the rest back to source pixels. Reuses its memory; confined
 * to one thread.
 */
public final class Candidates {
  private final Boxes candidates = new Boxes();
  private final Nms nms;
  private final float iouThreshold;
  private final int max;
  private final SourceBoxes found;

  private Candidates(Nms nms, float iouThreshold, int max, float minSize) {
    this.nms = nms;
    this.iouThreshold = iouThreshold;
    this.max = max;
    this.found = new SourceBoxes(minSize);
  }

  /**
   * Suppresses within each class. Reads {@code nms.iou_threshold}, {@code max_per_img} and {@code
   * min_bbox_size} (0).
   *
   * @param iouThreshold where the model says none
   * @param max how many are kept at most, the best, where the model says nothing
   * @throws AvocetException INVALID_ARG where a parameter is wrong
   */
  public static Candidates withinClasses(Params params, float iouThreshold, int max) {
    int maxPerImage = params.intValue("max_per_img", max);
    if (maxPerImage < 1) {
      throw params.error("max_per_img", "1 or more");
    }
    return new Candidates(
        new Nms(),
        params.objectOrEmpty("nms").floatValue("iou_threshold", iouThreshold),
        maxPerImage,
        params.floatValue("min_bbox_size", 0));
  }

  /**
   * Suppresses across classes and keeps all that remain. Reads {@code nms.iou_threshold} (0.45) and
   * {@code min_bbox_size} (0).
   *
   * @throws AvocetException INVALID_ARG where a parameter is wrong
   */
  public static Candidates acrossClasses(Params params) {
    return new Candidates(
        Nms.acrossClasses(),
        params.objectOrEmpty("nms").floatValue("iou_threshold", 0.45f),
        Integer.MAX_VALUE,
        params.floatValue("min_bbox_size", 0));
  }

  /** Forgets everything and takes boxes of the picture {@code meta} from now on. */
  public void begin(SampleMeta meta) {
    candidates.clear();
    found.begin(meta);
  }

  /**
   * Takes one box, its corners in pixels of the network's input.
   *
   * @throws AvocetException FAIL where one of the numbers is NaN
   */
  public void add(int label, float score, float x1, float y1, float x2, float y2) {
    if (Float.isNaN(score)) {
      throw Outputs.nan("the score of a box");
    }
    if (Float.isNaN(x1) || Float.isNaN(y1) || Float.isNaN(x2) || Float.isNaN(y2)) {
      throw Outputs.nan("box (%s %s %s %s)".formatted(x1, y1, x2, y2));
    }
    candidates.add(label, score, x1, y1, x2, y2);
  }

  /** Gives the box that was added last its key points, in source pixels. */
  public void keyPoints(KeyPoints keyPoints) {
    candidates.keyPoints(keyPoints);
  }

  /** Cuts the boxes to whole pixels of the network's picture, towards 0, once suppressed. */
  public Boxes suppressTruncated(int width, int height) {
    return suppress(width, height, true);
  }

  /** What remains, in source pixels, best first; valid until the next {@link #begin}. */
  public Boxes suppress() {
    return suppress(0, 0, false);
  }

  private Boxes suppress(int width, int height, boolean truncate) {
    int n = nms.run(candidates, iouThreshold, max);
    for (int i = 0; i < n; i++) {
      int k = nms.kept(i);
      float x1 = candidates.x1(k);
      float y1 = candidates.y1(k);
      float x2 = candidates.x2(k);
      float y2 = candidates.y2(k);
      if (truncate) {
        x1 = truncated(x1, width);
        y1 = truncated(y1, height);
        x2 = truncated(x2, width);
        y2 = truncated(y2, height);
      }
      boolean kept =
          found.add(nms.rank(i), candidates.label(k), candidates.score(k), x1, y1, x2, y2);
      Optional<KeyPoints> keyPoints = candidates.keyPoints(k);
      // A method reference would allocate for every box.
      if (kept && keyPoints.isPresent()) {
        found.boxes().keyPoints(keyPoints.get());
      }
    }
    return found.boxes();
  }

  private static int truncated(float v, int max) {
    return (int) Math.min(Math.max(v, 0f), max);
  }
}
