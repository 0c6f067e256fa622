package org.fer4j.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.fer4j.Emotion;
import org.junit.jupiter.api.Test;

/** Figures computed by hand, in the comments. */
class ConfusionMatrixTest {

  private static final double EXACT = 1e-12;

  /**
   * Three expressions occur: neutral 10 times (8 right, 2 taken for happiness), happiness 5 times
   * (4 right, 1 taken for neutral), fear 5 times (0 right, 5 taken for surprise).
   */
  private static long[][] counts() {
    long[][] counts = new long[8][8];
    counts[Emotion.NEUTRAL.ordinal()][Emotion.NEUTRAL.ordinal()] = 8;
    counts[Emotion.NEUTRAL.ordinal()][Emotion.HAPPINESS.ordinal()] = 2;
    counts[Emotion.HAPPINESS.ordinal()][Emotion.HAPPINESS.ordinal()] = 4;
    counts[Emotion.HAPPINESS.ordinal()][Emotion.NEUTRAL.ordinal()] = 1;
    counts[Emotion.FEAR.ordinal()][Emotion.SURPRISE.ordinal()] = 5;
    return counts;
  }

  @Test
  void addsUp() {
    ConfusionMatrix matrix = ConfusionMatrix.of(counts());
    assertEquals(20, matrix.total());
    assertEquals(12, matrix.correct());
    assertEquals(10, matrix.support(Emotion.NEUTRAL));
    assertEquals(9, matrix.predictions(Emotion.NEUTRAL));
    assertEquals(6, matrix.predictions(Emotion.HAPPINESS));
  }

  @Test
  void hasFiguresForEachExpression() {
    ConfusionMatrix matrix = ConfusionMatrix.of(counts());
    assertEquals(8.0 / 9, matrix.precision(Emotion.NEUTRAL), EXACT);
    assertEquals(0.8, matrix.recall(Emotion.NEUTRAL), EXACT);
    // 2 x 8 / (10 + 9)
    assertEquals(16.0 / 19, matrix.f1(Emotion.NEUTRAL), EXACT);
    assertEquals(4.0 / 6, matrix.precision(Emotion.HAPPINESS), EXACT);
    assertEquals(0.8, matrix.recall(Emotion.HAPPINESS), EXACT);
    assertEquals(8.0 / 11, matrix.f1(Emotion.HAPPINESS), EXACT);
  }

  @Test
  void takesAShareOfNothingForZero() {
    ConfusionMatrix matrix = ConfusionMatrix.of(counts());
    assertEquals(0, matrix.precision(Emotion.FEAR));
    assertEquals(0, matrix.recall(Emotion.SURPRISE));
    assertEquals(0, matrix.f1(Emotion.CONTEMPT));
  }

  @Test
  void averagesOverWhatOccurs() {
    ConfusionMatrix matrix = ConfusionMatrix.of(counts());
    // Neutral, happiness and fear occur; surprise is only predicted.
    assertEquals((0.8 + 0.8 + 0) / 3, matrix.macroRecall(), EXACT);
    assertEquals((16.0 / 19 + 8.0 / 11 + 0) / 3, matrix.macroF1(), EXACT);
    assertEquals((8.0 / 9 + 4.0 / 6 + 0) / 3, matrix.macroPrecision(), EXACT);
    assertEquals(0, ConfusionMatrix.of(new long[8][8]).macroF1());
  }

  @Test
  void copiesItsCounts() {
    long[][] counts = counts();
    ConfusionMatrix matrix = ConfusionMatrix.of(counts);
    counts[0][0] = 99;
    matrix.toArray()[0][0] = 99;
    assertEquals(8, matrix.count(Emotion.NEUTRAL, Emotion.NEUTRAL));
    assertEquals(matrix, ConfusionMatrix.of(counts()));
    assertEquals(matrix.hashCode(), ConfusionMatrix.of(counts()).hashCode());
    assertNotEquals(matrix, ConfusionMatrix.of(counts));
  }

  @Test
  void refusesOtherShapes() {
    assertThrows(IllegalArgumentException.class, () -> ConfusionMatrix.of(new long[8][7]));
    assertThrows(IllegalArgumentException.class, () -> ConfusionMatrix.of(new long[7][8]));
    long[][] negative = new long[8][8];
    negative[1][2] = -1;
    assertThrows(IllegalArgumentException.class, () -> ConfusionMatrix.of(negative));
  }
}
