package dev.avocet.postprocess.mmocr;

import dev.avocet.core.Quad;
import dev.avocet.postprocess.text.RotatedBox;
import dev.avocet.postprocess.text.SourceQuads;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Pixels of a map that belong to regions: at first the kernels, then what they have grown to. Pixel
 * {@code y * width + x}; neighbours are those above, below, left and right. Confined to one thread.
 */
final class PixelRegions {
  /** Says whether a region may take a pixel beside it. */
  @FunctionalInterface
  interface Claim {
    boolean accepts(int region, int pixel);
  }

  private final int width;
  private final int[] region;
  private final int[] queue;
  private int count;

  private PixelRegions(int width, int size) {
    this.width = width;
    this.region = new int[size];
    this.queue = new int[size];
  }

  /** The connected regions of the pixels that are kernel, in the order of their first pixels. */
  static PixelRegions of(int width, int height, IntPredicate kernel) {
    PixelRegions regions = new PixelRegions(width, width * height);
    for (int i = 0; i < regions.region.length; i++) {
      if (regions.region[i] == 0 && kernel.test(i)) {
        regions.count++;
        regions.region[i] = regions.count;
        regions.queue[0] = i;
        regions.spread(1, (r, pixel) -> kernel.test(pixel));
      }
    }
    return regions;
  }

  /** How many regions there are; they have the numbers 1 to this. */
  int count() {
    return count;
  }

  /** The region of a pixel, 0 where it has none. */
  int at(int pixel) {
    return region[pixel];
  }

  /** Gives up the regions of less than {@code least} pixels; the others keep their numbers. */
  void dropBelow(int least) {
    int[] areas = areas();
    for (int i = 0; i < region.length; i++) {
      if (areas[region[i]] < least) {
        region[i] = 0;
      }
    }
  }

  /** Lets all regions take free pixels beside them, one ring at a time, as long as there are. */
  void grow(Claim claim) {
    int waiting = 0;
    for (int i = 0; i < region.length; i++) {
      if (region[i] > 0) {
        queue[waiting++] = i;
      }
    }
    spread(waiting, claim);
  }

  private void spread(int waiting, Claim claim) {
    int end = waiting;
    // A pixel waits once at most: it has a region from then on.
    for (int at = 0; at < end; at++) {
      int pixel = queue[at];
      int x = pixel % width;
      end = take(pixel, pixel - width, pixel >= width, end, claim);
      end = take(pixel, pixel + width, pixel < region.length - width, end, claim);
      end = take(pixel, pixel - 1, x > 0, end, claim);
      end = take(pixel, pixel + 1, x < width - 1, end, claim);
    }
  }

  private int take(int from, int pixel, boolean exists, int end, Claim claim) {
    if (exists && region[pixel] == 0 && claim.accepts(region[from], pixel)) {
      region[pixel] = region[from];
      queue[end] = pixel;
      return end + 1;
    }
    return end;
  }

  private int[] areas() {
    int[] areas = new int[count + 1];
    for (int r : region) {
      areas[r]++;
    }
    return areas;
  }

  /**
   * Adds the rectangles of least area around the regions that are large and sure enough, through
   * the middles of their outermost pixels.
   *
   * @param scores of the pixels
   * @param minArea least number of pixels
   * @param minScore least mean score
   */
  void collect(float[] scores, float minArea, float minScore, SourceQuads found) {
    int[] areas = areas();
    double[] sums = new double[count + 1];
    int[] next = new int[count + 2];
    for (int r = 1; r <= count; r++) {
      next[r + 1] = next[r] + 2 * areas[r];
    }
    int[] points = new int[next[count + 1]];
    for (int i = 0; i < region.length; i++) {
      int r = region[i];
      if (r > 0) {
        sums[r] += scores[i];
        points[next[r]++] = i % width;
        points[next[r]++] = i / width;
      }
    }
    for (int r = 1; r <= count; r++) {
      float score = (float) (sums[r] / areas[r]);
      if (areas[r] > 0 && areas[r] >= minArea && score >= minScore) {
        int end = next[r];
        RotatedBox box = RotatedBox.around(Arrays.copyOfRange(points, end - 2 * areas[r], end));
        found.add(
            new Quad(
                found.point(box.x(0), box.y(0)),
                found.point(box.x(1), box.y(1)),
                found.point(box.x(2), box.y(2)),
                found.point(box.x(3), box.y(3))),
            score);
      }
    }
  }
}
