package dev.avocet.postprocess;

import dev.avocet.core.postprocess.Boxes;
import java.util.Arrays;

/**
 * Greedy non-maximum suppression, within each class or across them: from the best score down, a box
 * is kept unless it overlaps a kept box (of its class) by more than a limit. Overlap is
 * intersection over union of real-valued rectangles (no pixel is added to their sizes); a box
 * without area overlaps nothing. Equal scores keep their order. Keeps its scratch memory; confined
 * to one thread.
 */
public final class Nms {
  private final boolean acrossClasses;
  private long[] order = new long[64];
  private int[] kept = new int[64];

  /** Suppresses within each class. */
  public Nms() {
    this(false);
  }

  private Nms(boolean acrossClasses) {
    this.acrossClasses = acrossClasses;
  }

  /** Suppresses whatever the classes. */
  public static Nms acrossClasses() {
    return new Nms(true);
  }

  /**
   * Chooses among {@code boxes}, none of whose numbers is NaN.
   *
   * @param iouThreshold overlap above which the lesser box goes, 0 to 1
   * @param max how many are kept at most, the best
   * @return how many are kept; {@link #kept} names them
   */
  public int run(Boxes boxes, float iouThreshold, int max) {
    sort(boxes);
    int n = 0;
    for (int i = 0; i < boxes.size() && n < max; i++) {
      if (!covered(boxes, (int) order[i], n, iouThreshold)) {
        kept[n++] = i;
      }
    }
    return n;
  }

  /** Index in the boxes of the {@code i}-th kept one; scores descend with {@code i}. */
  public int kept(int i) {
    return (int) order[kept[i]];
  }

  /** How many boxes, kept or not, come before the {@code i}-th kept one in the order of scores. */
  public int rank(int i) {
    return kept[i];
  }

  /** Numbers that sort as the boxes are wanted: inverted score above, index below. */
  private void sort(Boxes boxes) {
    int n = boxes.size();
    if (order.length < n) {
      order = new long[Math.max(n, 2 * order.length)];
      kept = new int[order.length];
    }
    for (int i = 0; i < n; i++) {
      // Adding zero makes 0 of -0; the other step makes the bits of a float sort like its value.
      int bits = Float.floatToRawIntBits(boxes.score(i) + 0f);
      bits ^= (bits >> 31) & Integer.MAX_VALUE;
      order[i] = (long) ~bits << 32 | i;
    }
    Arrays.sort(order, 0, n);
  }

  private boolean covered(Boxes boxes, int candidate, int n, float iouThreshold) {
    int label = boxes.label(candidate);
    for (int i = 0; i < n; i++) {
      int k = kept(i);
      if ((acrossClasses || boxes.label(k) == label) && iou(boxes, candidate, k) > iouThreshold) {
        return true;
      }
    }
    return false;
  }

  /** Intersection over union of two boxes; 0 where they do not overlap. */
  static float iou(Boxes boxes, int a, int b) {
    float width = Math.min(boxes.x2(a), boxes.x2(b)) - Math.max(boxes.x1(a), boxes.x1(b));
    float height = Math.min(boxes.y2(a), boxes.y2(b)) - Math.max(boxes.y1(a), boxes.y1(b));
    if (!(width > 0 && height > 0)) {
      return 0;
    }
    float both = width * height;
    return both / (area(boxes, a) + area(boxes, b) - both);
  }

  private static float area(Boxes boxes, int i) {
    return (boxes.x2(i) - boxes.x1(i)) * (boxes.y2(i) - boxes.y1(i));
  }
}
