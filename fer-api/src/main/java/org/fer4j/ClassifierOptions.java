package org.fer4j;

/**
 * How a classifier works.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param maxBatch the most faces in one run of the network, at least 1; more faces take more runs.
 *     Memory for a full batch is held from the start
 * @param prior how often each expression is taken to occur; any but the natural one needs a model
 *     whose manifest tells the prior of its training
 * @param runtime how the network is run
 */
public record ClassifierOptions(int maxBatch, Prior prior, RuntimeOptions runtime) {

  private static final ClassifierOptions DEFAULTS =
      new ClassifierOptions(16, Prior.natural(), RuntimeOptions.defaults());

  /**
   * Checks the batch.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public ClassifierOptions {
    if (maxBatch < 1) {
      throw new IllegalArgumentException("expected a batch of at least 1, found " + maxBatch);
    }
  }

  /** Returns batches of up to 16 faces, the natural prior, one thread. */
  public static ClassifierOptions defaults() {
    return DEFAULTS;
  }

  /** Returns these options with another largest batch. */
  public ClassifierOptions withMaxBatch(int faces) {
    return new ClassifierOptions(faces, prior, runtime);
  }

  /** Returns these options with another prior. */
  public ClassifierOptions withPrior(Prior wanted) {
    return new ClassifierOptions(maxBatch, wanted, runtime);
  }

  /** Returns these options with another way to run the network. */
  public ClassifierOptions withRuntime(RuntimeOptions options) {
    return new ClassifierOptions(maxBatch, prior, options);
  }
}
