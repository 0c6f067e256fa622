package org.fer4j.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;

/**
 * Collects true labels and scores, one image at a time; each takes some 100 bytes.
 *
 * <p>Confined to one thread.
 */
public final class EvaluationMeter {

  /** What a probability of 0 counts as in logarithms: one of float's smallest steps below 1. */
  private static final double LEAST_PROBABILITY = 1e-7;

  private final List<Emotion> truths = new ArrayList<>();
  private final List<EmotionScores> scores = new ArrayList<>();

  /** Creates a meter that has seen nothing. */
  public EvaluationMeter() {}

  /** Adds one image. */
  public void add(Emotion truth, EmotionScores found) {
    truths.add(truth);
    scores.add(found);
  }

  /** Returns how many images were added. */
  public long images() {
    return truths.size();
  }

  /**
   * Returns the figures of all images so far.
   *
   * @throws IllegalStateException if there is none
   */
  public Evaluation evaluation() {
    if (truths.isEmpty()) {
      throw new IllegalStateException("expected at least one image, found none");
    }
    int images = truths.size();
    ConfusionMatrix matrix = confusion();
    List<Prediction> predictions = predictions(scores);
    return new Evaluation(
        images,
        (double) matrix.correct() / images,
        ConfidenceInterval.wilson(matrix.correct(), images),
        matrix,
        Calibration.of(predictions),
        Calibration.of(predictions(crossFitted())).expectedError(),
        RiskCoverage.of(predictions),
        logLoss() / images,
        brierScore() / images);
  }

  private ConfusionMatrix confusion() {
    long[][] counts = new long[Emotion.all().size()][Emotion.all().size()];
    for (int i = 0; i < truths.size(); i++) {
      counts[truths.get(i).ordinal()][scores.get(i).top().ordinal()]++;
    }
    return ConfusionMatrix.of(counts);
  }

  private List<Prediction> predictions(List<EmotionScores> answers) {
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < truths.size(); i++) {
      EmotionScores answer = answers.get(i);
      predictions.add(new Prediction(answer.confidence(), answer.top() == truths.get(i)));
    }
    return predictions;
  }

  /** Gives each image the temperature that was fitted on the half that it is not in. */
  private List<EmotionScores> crossFitted() {
    double[] temperatures = {temperatureOf(1), temperatureOf(0)};
    List<EmotionScores> fitted = new ArrayList<>();
    for (int i = 0; i < truths.size(); i++) {
      float[] logits = logits(i);
      for (int k = 0; k < logits.length; k++) {
        logits[k] /= (float) temperatures[i % 2];
      }
      fitted.add(EmotionScores.ofLogits(logits));
    }
    return fitted;
  }

  /** Fits a temperature on the images with an even (0) or an odd index (1). */
  private double temperatureOf(int parity) {
    int count = (truths.size() + 1 - parity) / 2;
    float[][] logits = new float[count][];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      logits[i] = logits(2 * i + parity);
      labels[i] = truths.get(2 * i + parity).ordinal();
    }
    return TemperatureScaling.fit(logits, labels);
  }

  /** Logarithms of probabilities are logits but for a constant, which softmax takes away. */
  private float[] logits(int image) {
    float[] logits = scores.get(image).toArray();
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(Math.max(LEAST_PROBABILITY, logits[i]));
    }
    return logits;
  }

  private double logLoss() {
    double sum = 0;
    for (int i = 0; i < truths.size(); i++) {
      sum -= Math.log(Math.max(LEAST_PROBABILITY, scores.get(i).of(truths.get(i))));
    }
    return sum;
  }

  private double brierScore() {
    double sum = 0;
    for (int i = 0; i < truths.size(); i++) {
      for (Emotion emotion : Emotion.all()) {
        double distance = scores.get(i).of(emotion) - (emotion == truths.get(i) ? 1 : 0);
        sum += distance * distance;
      }
    }
    return sum;
  }
}
