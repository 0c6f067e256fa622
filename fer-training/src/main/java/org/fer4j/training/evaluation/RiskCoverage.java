package org.fer4j.training.evaluation;

import java.util.Comparator;
import java.util.List;

/**
 * How many answers are wrong if only the surest are given: the risk-coverage curve of El-Yaniv and
 * Wiener, <i>On the Foundations of Noise-free Selective Classification</i>, JMLR 11, 2010. Among
 * answers of equal confidence none comes first: errors are spread over them evenly.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class RiskCoverage {

  /** The share of errors among the 1, 2, ... surest answers. */
  private final double[] risks;

  private RiskCoverage(double[] risks) {
    this.risks = risks;
  }

  /**
   * Sorts predictions by their confidence.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static RiskCoverage of(List<Prediction> predictions) {
    if (predictions.isEmpty()) {
      throw new IllegalArgumentException("expected at least one prediction, found none");
    }
    List<Prediction> surestFirst =
        predictions.stream()
            .sorted(Comparator.comparingDouble(Prediction::confidence).reversed())
            .toList();
    double[] risks = new double[surestFirst.size()];
    long errorsBefore = 0;
    int begin = 0;
    while (begin < risks.length) {
      double confidence = surestFirst.get(begin).confidence();
      int end = begin;
      int errors = 0;
      while (end < risks.length && surestFirst.get(end).confidence() == confidence) {
        errors += surestFirst.get(end).correct() ? 0 : 1;
        end++;
      }
      for (int i = begin; i < end; i++) {
        double share = (i + 1.0 - begin) / (end - begin);
        risks[i] = (errorsBefore + errors * share) / (i + 1);
      }
      errorsBefore += errors;
      begin = end;
    }
    return new RiskCoverage(risks);
  }

  /**
   * Returns the share of errors, from 0 to 1, among the surest answers.
   *
   * @param coverage the share of images that get an answer, above 0 and at most 1; rounded up to
   *     whole images
   * @throws IllegalArgumentException if the coverage is out of its range
   */
  public double risk(double coverage) {
    if (!(coverage > 0 && coverage <= 1)) {
      throw new IllegalArgumentException("expected a coverage in (0, 1], found " + coverage);
    }
    return risks[Math.max(0, (int) Math.ceil(coverage * risks.length - 1e-9) - 1)];
  }

  /**
   * Returns the area under the curve, from 0 to 1, less being better: the mean of the risk over all
   * coverages, as in Geifman, Uziel and El-Yaniv, <i>Bias-Reduced Uncertainty Estimation for Deep
   * Neural Classifiers</i>, ICLR 2019.
   */
  public double area() {
    double sum = 0;
    for (double risk : risks) {
      sum += risk;
    }
    return sum / risks.length;
  }
}
