package org.fer4j.smoothing;

/**
 * How steady results are made. Times are times, not numbers of frames: a camera that slows down in
 * the dark changes nothing.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param scoresNanos time constant of the scores' exponential average: after a change, it is 63 %
 *     on its way so much later; above 0
 * @param labelMargin how much more probable another expression must be before the label changes, 0
 *     to 1
 * @param boxCutoffHertz cutoff frequency for boxes and keypoints of a still face, above 0: less of
 *     it trembles less and lags more
 * @param boxSpeedCoefficient how much that cutoff rises as the face moves, in hertz for each side
 *     of its box by second, from 0 on
 */
public record SmoothingOptions(
    long scoresNanos, double labelMargin, double boxCutoffHertz, double boxSpeedCoefficient) {

  private static final SmoothingOptions DEFAULTS = new SmoothingOptions(250_000_000, 0.15, 1, 6);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public SmoothingOptions {
    if (scoresNanos <= 0) {
      throw new IllegalArgumentException("expected scoresNanos above 0, found " + scoresNanos);
    }
    if (!(labelMargin >= 0 && labelMargin <= 1)) {
      throw new IllegalArgumentException("expected a labelMargin in [0, 1], found " + labelMargin);
    }
    if (!(boxCutoffHertz > 0 && Double.isFinite(boxCutoffHertz))) {
      throw new IllegalArgumentException(
          "expected a boxCutoffHertz above 0, found " + boxCutoffHertz);
    }
    if (!(boxSpeedCoefficient >= 0 && Double.isFinite(boxSpeedCoefficient))) {
      throw new IllegalArgumentException(
          "expected a boxSpeedCoefficient from 0 on, found " + boxSpeedCoefficient);
    }
  }

  /** Returns a quarter of a second, a margin of 0.15, one hertz at rest. */
  public static SmoothingOptions defaults() {
    return DEFAULTS;
  }
}
