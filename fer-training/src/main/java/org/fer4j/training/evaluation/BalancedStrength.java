package org.fer4j.training.evaluation;

import org.fer4j.Emotion;
import org.fer4j.EmotionScores;

/**
 * Finds how much of the training's prior the balanced setting takes away, the tau of Menon et al.,
 * <i>Long-tail learning via logit adjustment</i>, ICLR 2021: rare expressions gain by more of it,
 * and the accuracy falls.
 *
 * <p>Safe for use by many threads.
 */
public final class BalancedStrength {

  /** What the balanced setting may cost, as a share of the images. */
  private static final double MOST_ACCURACY_LOST = 0.01;

  private static final int STEPS = 20;

  private BalancedStrength() {}

  /**
   * Returns the strength, from 0 to 1 in steps of 0.05, of the largest macro recall at which the
   * accuracy is at most one percentage point below that without it; of several the smallest.
   *
   * @param logits a row for each image
   * @param labels the column of each image's true expression
   * @param temperature what the logits are divided by
   * @param shares how often each expression occurred in training
   */
  public static float choose(
      float[][] logits, int[] labels, double temperature, EmotionScores shares) {
    long leastRight = Long.MIN_VALUE;
    double bestRecall = -1;
    float best = 0;
    for (int step = 0; step <= STEPS; step++) {
      float strength = (float) step / STEPS;
      ConfusionMatrix matrix = confusion(logits, labels, offsets(strength, temperature, shares));
      if (step == 0) {
        leastRight = matrix.correct() - Math.round(MOST_ACCURACY_LOST * matrix.total());
      }
      if (matrix.correct() >= leastRight && matrix.macroRecall() > bestRecall) {
        bestRecall = matrix.macroRecall();
        best = strength;
      }
    }
    return best;
  }

  /** An expression that never occurred counts as the most frequent one, so nothing lifts it. */
  private static double[] offsets(float strength, double temperature, EmotionScores shares) {
    return Emotion.all().stream()
        .mapToDouble(shares::of)
        .map(share -> -strength * temperature * Math.log(share > 0 ? share : shares.confidence()))
        .toArray();
  }

  private static ConfusionMatrix confusion(float[][] logits, int[] labels, double[] offsets) {
    long[][] counts = new long[offsets.length][offsets.length];
    for (int i = 0; i < logits.length; i++) {
      int max = 0;
      for (int k = 1; k < offsets.length; k++) {
        if (logits[i][k] + offsets[k] > logits[i][max] + offsets[max]) {
          max = k;
        }
      }
      counts[labels[i]][max]++;
    }
    return ConfusionMatrix.of(counts);
  }
}
