package org.fer4j.tracking;

import java.util.Arrays;

/**
 * The pairs of rows and columns whose costs have the smallest sum, by shortest augmenting paths
 * (Jonker and Volgenant, <i>A Shortest Augmenting Path Algorithm for Dense and Sparse Linear
 * Assignment Problems</i>, Computing 38, 1987): exact, in O(rows² columns) time.
 */
final class Assignment {

  /** A row without a column. */
  static final int NONE = -1;

  private Assignment() {}

  /**
   * Returns each row's column or {@link #NONE}. A pair that costs more than its row alone is not
   * made.
   *
   * @param costs a row for each of one side, as long as there are of the other
   * @param alone what a row costs without a partner
   */
  static int[] of(double[][] costs, double alone) {
    int rows = costs.length;
    int columns = rows == 0 ? 0 : costs[0].length;
    // Each row also has a column of its own that stands for "no partner".
    double[][] square = new double[rows][columns + rows];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(costs[row], 0, square[row], 0, columns);
      Arrays.fill(square[row], columns, columns + rows, alone);
    }
    int[] chosen = shortestPaths(square, columns + rows);
    for (int row = 0; row < rows; row++) {
      if (chosen[row] >= columns) {
        chosen[row] = NONE;
      }
    }
    return chosen;
  }

  /** Indices are from 1 on; row or column 0 is the start of the path. */
  private static int[] shortestPaths(double[][] costs, int columns) {
    int rows = costs.length;
    double[] rowPotential = new double[rows + 1];
    double[] columnPotential = new double[columns + 1];
    int[] rowOf = new int[columns + 1];
    int[] before = new int[columns + 1];
    for (int row = 1; row <= rows; row++) {
      double[] distance = new double[columns + 1];
      Arrays.fill(distance, Double.POSITIVE_INFINITY);
      boolean[] done = new boolean[columns + 1];
      rowOf[0] = row;
      int column = 0;
      do {
        done[column] = true;
        int from = rowOf[column];
        double least = Double.POSITIVE_INFINITY;
        int next = 0;
        for (int to = 1; to <= columns; to++) {
          if (done[to]) {
            continue;
          }
          double reduced = costs[from - 1][to - 1] - rowPotential[from] - columnPotential[to];
          if (reduced < distance[to]) {
            distance[to] = reduced;
            before[to] = column;
          }
          if (distance[to] < least) {
            least = distance[to];
            next = to;
          }
        }
        for (int to = 0; to <= columns; to++) {
          if (done[to]) {
            rowPotential[rowOf[to]] += least;
            columnPotential[to] -= least;
          } else {
            distance[to] -= least;
          }
        }
        column = next;
      } while (rowOf[column] != 0);
      while (column != 0) {
        rowOf[column] = rowOf[before[column]];
        column = before[column];
      }
    }
    int[] chosen = new int[rows];
    for (int column = 1; column <= columns; column++) {
      if (rowOf[column] != 0) {
        chosen[rowOf[column] - 1] = column - 1;
      }
    }
    return chosen;
  }
}
