package org.fer4j;

import java.util.OptionalDouble;

/**
 * How landmarks are found.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param presenceThreshold the least presence of a face whose landmarks are reported, from 0 to 1;
 *     empty for what the model's manifest says
 * @param maxBatch the most faces in one run of the network, at least 1; more faces take more runs.
 *     Memory for a full batch is held from the start
 * @param runtime how the network is run
 */
public record LandmarkOptions(
    OptionalDouble presenceThreshold, int maxBatch, RuntimeOptions runtime) {

  private static final LandmarkOptions DEFAULTS =
      new LandmarkOptions(OptionalDouble.empty(), 8, RuntimeOptions.defaults());

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public LandmarkOptions {
    if (presenceThreshold.isPresent()) {
      double value = presenceThreshold.getAsDouble();
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "expected a presence threshold in [0, 1], found " + value);
      }
    }
    if (maxBatch < 1) {
      throw new IllegalArgumentException("expected a batch of at least 1, found " + maxBatch);
    }
  }

  /** Returns the model's own threshold, batches of up to 8 faces, one thread. */
  public static LandmarkOptions defaults() {
    return DEFAULTS;
  }

  /** Returns these options with another least presence. */
  public LandmarkOptions withPresenceThreshold(double threshold) {
    return new LandmarkOptions(OptionalDouble.of(threshold), maxBatch, runtime);
  }

  /** Returns these options with another largest batch. */
  public LandmarkOptions withMaxBatch(int faces) {
    return new LandmarkOptions(presenceThreshold, faces, runtime);
  }

  /** Returns these options with another way to run the network. */
  public LandmarkOptions withRuntime(RuntimeOptions options) {
    return new LandmarkOptions(presenceThreshold, maxBatch, options);
  }
}
