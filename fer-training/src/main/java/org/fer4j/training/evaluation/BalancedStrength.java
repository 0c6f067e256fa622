package org.fer4j.training.evaluation;

import org.fer4j.EmotionScores;
import org.fer4j.Prior;
import org.fer4j.model.TrainingPrior;

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
      float[] offsets = new TrainingPrior(shares, strength).offsetsFor(Prior.balanced());
      ConfusionMatrix matrix = confusion(logits, labels, temperature, offsets);
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

  private static ConfusionMatrix confusion(
      float[][] logits, int[] labels, double temperature, float[] offsets) {
    long[][] counts = new long[offsets.length][offsets.length];
    float[] adjusted = new float[offsets.length];
    for (int i = 0; i < logits.length; i++) {
      for (int k = 0; k < offsets.length; k++) {
        adjusted[k] = (float) (logits[i][k] / temperature) + offsets[k];
      }
      counts[labels[i]][EmotionScores.ofLogits(adjusted).top().ordinal()]++;
    }
    return ConfusionMatrix.of(counts);
  }
}
