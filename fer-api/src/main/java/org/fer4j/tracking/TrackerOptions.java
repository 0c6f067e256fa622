package org.fer4j.tracking;

/**
 * How long faces are remembered.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param maxPredictedNanos how long a face is reported where it must be, though no detector found
 *     it, from 0 on
 * @param maxLostNanos how long a face that is not found keeps its id for when it comes back, at
 *     least as long
 */
public record TrackerOptions(long maxPredictedNanos, long maxLostNanos) {

  private static final TrackerOptions DEFAULTS = new TrackerOptions(250_000_000, 1_500_000_000);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public TrackerOptions {
    if (maxPredictedNanos < 0) {
      throw new IllegalArgumentException(
          "expected maxPredictedNanos from 0 on, found " + maxPredictedNanos);
    }
    if (maxLostNanos < maxPredictedNanos) {
      throw new IllegalArgumentException(
          "expected maxLostNanos of at least maxPredictedNanos, %d, found %d"
              .formatted(maxPredictedNanos, maxLostNanos));
    }
  }

  /** Returns a quarter of a second, and one and a half. */
  public static TrackerOptions defaults() {
    return DEFAULTS;
  }
}
