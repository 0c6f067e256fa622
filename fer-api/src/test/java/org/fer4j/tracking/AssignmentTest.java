package org.fer4j.tracking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {

  @Test
  void takesTheSmallestSumNotTheSmallestPair() {
    double[][] costs = {{1, 2}, {2, 10}};
    assertArrayEquals(new int[] {1, 0}, Assignment.of(costs, 20));
  }

  @Test
  void leavesAloneWhatIsTooDear() {
    double[][] costs = {{5, 6}, {1, 6}};
    assertArrayEquals(new int[] {Assignment.NONE, 0}, Assignment.of(costs, 4));
    assertArrayEquals(new int[] {Assignment.NONE}, Assignment.of(new double[][] {{}}, 4));
    assertEquals(0, Assignment.of(new double[0][0], 4).length);
  }

  /** Against all ways to pair up to four rows with up to four columns. */
  @Test
  void sumIsTheSmallestThereIs() {
    Random random = new Random(1);
    for (int trial = 0; trial < 500; trial++) {
      double[][] costs = new double[1 + random.nextInt(4)][1 + random.nextInt(4)];
      double alone = random.nextDouble();
      for (int row = 0; row < costs.length; row++) {
        Arrays.setAll(costs[row], column -> random.nextDouble());
      }
      int[] chosen = Assignment.of(costs, alone);
      double sum = 0;
      for (int row = 0; row < chosen.length; row++) {
        sum += chosen[row] == Assignment.NONE ? alone : costs[row][chosen[row]];
      }
      long distinct = Arrays.stream(chosen).filter(column -> column >= 0).distinct().count();
      assertEquals(Arrays.stream(chosen).filter(column -> column >= 0).count(), distinct);
      assertEquals(smallest(costs, alone, 0, new boolean[costs[0].length]), sum, 1e-9);
    }
  }

  private static double smallest(double[][] costs, double alone, int row, boolean[] taken) {
    if (row == costs.length) {
      return 0;
    }
    double best = alone + smallest(costs, alone, row + 1, taken);
    for (int column = 0; column < taken.length; column++) {
      if (!taken[column]) {
        taken[column] = true;
        best = Math.min(best, costs[row][column] + smallest(costs, alone, row + 1, taken));
        taken[column] = false;
      }
    }
    return best;
  }
}
