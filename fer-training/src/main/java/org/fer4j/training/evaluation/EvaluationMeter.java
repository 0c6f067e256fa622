package org.fer4j.training.evaluation;

import org.fer4j.Emotion;
import org.fer4j.EmotionScores;

/**
 * Adds up true labels and scores, one image at a time, in constant memory.
 *
 * <p>Confined to one thread.
 */
public final class EvaluationMeter {

  /** Bins of the calibration error, as in Guo et al. */
  static final int BINS = 15;

  /** What a probability of 0 counts as in the log loss: one of float's smallest steps below 1. */
  private static final double LEAST_PROBABILITY = 1e-7;

  private final long[][] confusion = new long[Emotion.all().size()][Emotion.all().size()];
  private final long[] binImages = new long[BINS];
  private final long[] binCorrect = new long[BINS];
  private final double[] binConfidence = new double[BINS];
  private double logLoss;
  private double brierScore;

  /** Creates a meter that has seen nothing. */
  public EvaluationMeter() {}

  /** Adds one image. */
  public void add(Emotion truth, EmotionScores scores) {
    Emotion predicted = scores.top();
    confusion[truth.ordinal()][predicted.ordinal()]++;
    int bin = bin(scores.confidence());
    binImages[bin]++;
    binCorrect[bin] += predicted == truth ? 1 : 0;
    binConfidence[bin] += scores.confidence();
    logLoss -= Math.log(Math.max(LEAST_PROBABILITY, scores.of(truth)));
    for (Emotion emotion : Emotion.all()) {
      double distance = scores.of(emotion) - (emotion == truth ? 1 : 0);
      brierScore += distance * distance;
    }
  }

  /** A bin holds its upper bound, as in Guo et al.: bin m is ((m - 1) / 15, m / 15]. */
  private static int bin(float confidence) {
    return Math.max(0, Math.min(BINS - 1, (int) Math.ceil((double) confidence * BINS) - 1));
  }

  /** Returns how many images were added. */
  public long images() {
    long images = 0;
    for (long count : binImages) {
      images += count;
    }
    return images;
  }

  /**
   * Returns the figures of all images so far.
   *
   * @throws IllegalStateException if there is none
   */
  public Evaluation evaluation() {
    long images = images();
    if (images == 0) {
      throw new IllegalStateException("expected at least one image, found none");
    }
    ConfusionMatrix matrix = ConfusionMatrix.of(confusion);
    double calibrationError = 0;
    for (int i = 0; i < BINS; i++) {
      calibrationError += Math.abs(binCorrect[i] - binConfidence[i]) / images;
    }
    return new Evaluation(
        images,
        (double) matrix.correct() / images,
        ConfidenceInterval.wilson(matrix.correct(), images),
        matrix,
        calibrationError,
        logLoss / images,
        brierScore / images);
  }
}
