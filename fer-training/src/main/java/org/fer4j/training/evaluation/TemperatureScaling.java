package org.fer4j.training.evaluation;

/**
 * Finds what to divide logits by, so that probabilities mean what they say (Guo et al., <i>On
 * Calibration of Modern Neural Networks</i>, ICML 2017).
 *
 * <p>Safe for use by many threads.
 */
public final class TemperatureScaling {

  private static final double LOWEST = 0.05;
  private static final double HIGHEST = 20;
  private static final double TOLERANCE = 1e-4;

  private TemperatureScaling() {}

  /**
   * Returns the temperature that makes the loss smallest, from 0.05 to 20; 1 if there are no
   * images. The loss has one minimum in the inverse temperature, which ternary search over the
   * logarithm finds.
   *
   * @param logits a row for each image
   * @param labels the column of each image's true expression
   */
  public static double fit(float[][] logits, int[] labels) {
    if (logits.length == 0) {
      return 1;
    }
    double low = Math.log(LOWEST);
    double high = Math.log(HIGHEST);
    while (high - low > TOLERANCE) {
      double third = (high - low) / 3;
      double left = loss(logits, labels, Math.exp(low + third));
      double right = loss(logits, labels, Math.exp(high - third));
      if (left < right) {
        high -= third;
      } else {
        low += third;
      }
    }
    return Math.exp((low + high) / 2);
  }

  /**
   * Returns the mean cross entropy against the labels, in nats, of logits that are divided by a
   * temperature.
   */
  public static double loss(float[][] logits, int[] labels, double temperature) {
    double loss = 0;
    for (int i = 0; i < logits.length; i++) {
      loss += logSumExp(logits[i], temperature) - logits[i][labels[i]] / temperature;
    }
    return loss / logits.length;
  }

  /** Returns ln(sum(exp(values / temperature))). */
  private static double logSumExp(float[] values, double temperature) {
    double max = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      max = Math.max(max, value / temperature);
    }
    double sum = 0;
    for (float value : values) {
      sum += Math.exp(value / temperature - max);
    }
    return max + Math.log(sum);
  }
}
