package org.fer4j;

import java.util.OptionalDouble;

/**
 * What a detector reports.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param scoreThreshold the least score of a face that is reported, from 0 to 1; empty for the
 *     detector's own: what the model's manifest says, and 0.52 for {@link
 *     org.fer4j.spi.Backend#PHOTO_DETECTOR}
 * @param minFaceSize the side in pixels of the smallest face that is looked for, at least 8.
 *     Smaller costs time on large photographs only; a detector for live frames always looks at the
 *     whole frame once
 * @param runtime how the network is run
 */
public record DetectorOptions(
    OptionalDouble scoreThreshold, int minFaceSize, RuntimeOptions runtime) {

  private static final DetectorOptions DEFAULTS =
      new DetectorOptions(OptionalDouble.empty(), 24, RuntimeOptions.defaults());

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public DetectorOptions {
    if (scoreThreshold.isPresent()) {
      double value = scoreThreshold.getAsDouble();
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("expected a score threshold in [0, 1], found " + value);
      }
    }
    if (minFaceSize < 8) {
      throw new IllegalArgumentException(
          "expected a smallest face of at least 8 pixels, found " + minFaceSize);
    }
  }

  /** Returns the model's own threshold, faces from 24 pixels, one thread. */
  public static DetectorOptions defaults() {
    return DEFAULTS;
  }

  /** Returns these options with another least score. */
  public DetectorOptions withScoreThreshold(double threshold) {
    return new DetectorOptions(OptionalDouble.of(threshold), minFaceSize, runtime);
  }

  /** Returns these options with another smallest face, in pixels. */
  public DetectorOptions withMinFaceSize(int pixels) {
    return new DetectorOptions(scoreThreshold, pixels, runtime);
  }

  /** Returns these options with another way to run the network. */
  public DetectorOptions withRuntime(RuntimeOptions options) {
    return new DetectorOptions(scoreThreshold, minFaceSize, options);
  }
}
