package dev.avocet.track;

import java.util.Arrays;

/**
 * The assignment problem, solved exactly: by shortest augmenting paths with potentials (Jonker and
 * Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment
 * problems", Computing 38, 1987; without its heuristic start, which only large problems need).
 * Stateless.
 */
final class Assignment {
  private Assignment() {}

  /**
   * Pairs rows with columns so that the weights of the pairs sum up to the most.
   *
   * @param weights {@code [rows][columns]}, finite; a pair of weight zero or less is not made
   * @return for each row its column, -1 for none
   */
  static int[] best(double[][] weights) {
    int rows = weights.length;
    int columns = rows == 0 ? 0 : weights[0].length;
    if (rows <= columns) {
      return assign(weights, rows, columns);
    }
    double[][] turned = new double[columns][rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j][i] = weights[i][j];
      }
    }
    int[] rowOf = assign(turned, columns, rows);
    int[] columnOf = new int[rows];
    Arrays.fill(columnOf, -1);
    for (int j = 0; j < columns; j++) {
      if (rowOf[j] >= 0) {
        columnOf[rowOf[j]] = j;
      }
    }
    return columnOf;
  }

  /** As {@link #best}, for no more rows than columns; column {@code columns} stands for none. */
  private static int[] assign(double[][] weights, int rows, int columns) {
    double[] rowPotential = new double[rows];
    double[] columnPotential = new double[columns + 1];
    int[] rowOf = new int[columns + 1];
    Arrays.fill(rowOf, -1);
    double[] shortest = new double[columns];
    int[] before = new int[columns];
    boolean[] reached = new boolean[columns + 1];
    for (int row = 0; row < rows; row++) {
      Arrays.fill(shortest, Double.POSITIVE_INFINITY);
      Arrays.fill(reached, false);
      rowOf[columns] = row;
      int column = columns;
      while (rowOf[column] >= 0) {
        reached[column] = true;
        int from = rowOf[column];
        int next = -1;
        for (int j = 0; j < columns; j++) {
          if (!reached[j]) {
            double length =
                -Math.max(0, weights[from][j]) - rowPotential[from] - columnPotential[j];
            if (length < shortest[j]) {
              shortest[j] = length;
              before[j] = column;
            }
            // Of equal ones one that is free, at which the search ends.
            if (next < 0
                || shortest[j] < shortest[next]
                || (shortest[j] == shortest[next] && rowOf[next] >= 0)) {
              next = j;
            }
          }
        }
        double delta = shortest[next];
        for (int j = 0; j <= columns; j++) {
          if (reached[j]) {
            rowPotential[rowOf[j]] += delta;
            columnPotential[j] -= delta;
          } else {
            shortest[j] -= delta;
          }
        }
        column = next;
      }
      while (column != columns) {
        rowOf[column] = rowOf[before[column]];
        column = before[column];
      }
    }
    return worthwhile(weights, rows, rowOf);
  }

  private static int[] worthwhile(double[][] weights, int rows, int[] rowOf) {
    int[] columnOf = new int[rows];
    Arrays.fill(columnOf, -1);
    for (int j = 0; j < rowOf.length - 1; j++) {
      if (rowOf[j] >= 0 && weights[rowOf[j]][j] > 0) {
        columnOf[rowOf[j]] = j;
      }
    }
    return columnOf;
  }
}
