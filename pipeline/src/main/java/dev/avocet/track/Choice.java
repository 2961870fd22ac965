package dev.avocet.track;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The two greedy choices of tracking. Stateless. */
final class Choice {
  private Choice() {}

  /** How alike two of a list are. */
  @FunctionalInterface
  interface Similarity {
    float of(int a, int b);
  }

  /**
   * A row and a column that belong together.
   *
   * @param row index of a pose
   * @param column index of a track
   */
  record Pair(int row, int column) {}

  /**
   * Non-maximum suppression: from the first in {@code order} down, each that is still kept takes
   * away those after it that are at least this much like it.
   *
   * @param keep which take part; those suppressed become false
   */
  static void suppress(
      Comparator<Integer> order, boolean[] keep, Similarity similarity, float threshold) {
    int[] sorted =
        IntStream.range(0, keep.length)
            .filter(i -> keep[i])
            .boxed()
            .sorted(order)
            .mapToInt(i -> i)
            .toArray();
    for (int i = 0; i < sorted.length; i++) {
      for (int j = i + 1; keep[sorted[i]] && j < sorted.length; j++) {
        if (keep[sorted[j]] && similarity.of(sorted[i], sorted[j]) >= threshold) {
          keep[sorted[j]] = false;
        }
      }
    }
  }

  /**
   * Pairs rows with columns, the greatest score first, the first of equal ones, while it is at
   * least {@code threshold}.
   *
   * @param rows which are free; those paired become false
   * @param columns the same
   */
  static List<Pair> pair(float[][] scores, boolean[] rows, boolean[] columns, float threshold) {
    List<Pair> pairs = new ArrayList<>();
    while (true) {
      float best = Float.NEGATIVE_INFINITY;
      Pair pair = null;
      for (int row = 0; row < rows.length; row++) {
        for (int column = 0; rows[row] && column < columns.length; column++) {
          if (columns[column] && scores[row][column] > best) {
            best = scores[row][column];
            pair = new Pair(row, column);
          }
        }
      }
      if (pair == null || best < threshold) {
        return pairs;
      }
      rows[pair.row()] = false;
      columns[pair.column()] = false;
      pairs.add(pair);
    }
  }
}
