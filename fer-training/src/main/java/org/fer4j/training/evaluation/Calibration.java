package org.fer4j.training.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether answers of which a classifier is so sure are right so often: the reliability diagram of
 * Guo et al., <i>On Calibration of Modern Neural Networks</i>, ICML 2017.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param bins {@value #BINS} equal ranges of confidence from 0 to 1, as in Guo et al.
 */
public record Calibration(List<Bin> bins) {

  /** How many bins there are. */
  static final int BINS = 15;

  /**
   * The images whose confidence is above {@code low} and at most {@code high}.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param low lower bound, from 0 to 1
   * @param high upper bound, from 0 to 1
   * @param images how many
   * @param confidence their mean confidence; 0 if there are none
   * @param accuracy the share of them that was answered right; 0 if there are none
   */
  public record Bin(double low, double high, long images, double confidence, double accuracy) {}

  /** Copies the bins. */
  public Calibration {
    bins = List.copyOf(bins);
  }

  /** Sorts predictions into bins. */
  public static Calibration of(List<Prediction> predictions) {
    long[] images = new long[BINS];
    long[] correct = new long[BINS];
    double[] confidence = new double[BINS];
    for (Prediction prediction : predictions) {
      int bin =
          Math.max(0, Math.min(BINS - 1, (int) Math.ceil(prediction.confidence() * BINS) - 1));
      images[bin]++;
      correct[bin] += prediction.correct() ? 1 : 0;
      confidence[bin] += prediction.confidence();
    }
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      double count = Math.max(1, images[i]);
      double low = (double) i / BINS;
      double high = (i + 1.0) / BINS;
      bins.add(new Bin(low, high, images[i], confidence[i] / count, correct[i] / count));
    }
    return new Calibration(bins);
  }

  /**
   * Returns the expected calibration error: the mean distance of confidence and accuracy over the
   * bins, weighted by their images, from 0 to 1; 0 if there is no image.
   */
  public double expectedError() {
    double sum = 0;
    long images = 0;
    for (Bin bin : bins) {
      sum += bin.images() * Math.abs(bin.accuracy() - bin.confidence());
      images += bin.images();
    }
    return images == 0 ? 0 : sum / images;
  }
}
