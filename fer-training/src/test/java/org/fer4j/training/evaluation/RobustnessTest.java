package org.fer4j.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RobustnessTest {

  private static final double EXACT = 1e-9;

  @Test
  void sharesAreOfAllImages() {
    boolean[][] blurOnly = new boolean[5][5];
    blurOnly[Corruption.GAUSSIAN_BLUR.ordinal()] = new boolean[] {true, true, true, true, false};
    boolean[][] darkOnly = new boolean[5][5];
    darkOnly[Corruption.DARK.ordinal()][0] = true;
    darkOnly[Corruption.GAUSSIAN_BLUR.ordinal()][0] = true;
    Robustness found =
        Robustness.ofImage(blurOnly).plus(Robustness.ofImage(darkOnly)).plus(Robustness.none());
    assertEquals(2, found.images());
    assertEquals(1, found.accuracy(Corruption.GAUSSIAN_BLUR, 1), EXACT);
    assertEquals(0.5, found.accuracy(Corruption.GAUSSIAN_BLUR, 4), EXACT);
    assertEquals(0, found.accuracy(Corruption.GAUSSIAN_BLUR, 5), EXACT);
    // (1 + 0.5 + 0.5 + 0.5 + 0) / 5
    assertEquals(0.5, found.meanAccuracy(Corruption.GAUSSIAN_BLUR), EXACT);
    assertEquals(0.1, found.meanAccuracy(Corruption.DARK), EXACT);
    assertEquals(0.6 / 5, found.meanAccuracy(), EXACT);
  }

  @Test
  void nothingIsRightAtFirst() {
    assertEquals(0, Robustness.none().meanAccuracy());
    assertEquals(0, Robustness.none().images());
    assertThrows(IllegalArgumentException.class, () -> Robustness.ofImage(new boolean[4][5]));
    assertThrows(IllegalArgumentException.class, () -> Robustness.ofImage(new boolean[5][4]));
  }
}
