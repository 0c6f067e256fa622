package org.fer4j;

/**
 * How a backend runs its networks.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param intraOpThreads threads that one run of a network may use, at least 1. One is best for the
 *     small networks here: use more workers, not more threads, to use more cores
 * @param spinning whether idle intra-op threads burn their core while they wait; off costs no
 *     latency at one thread
 */
public record RuntimeOptions(int intraOpThreads, boolean spinning) {

  private static final RuntimeOptions DEFAULTS = new RuntimeOptions(1, false);

  /**
   * Checks the number of threads.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public RuntimeOptions {
    if (intraOpThreads < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 intra-op thread, found " + intraOpThreads);
    }
  }

  /** Returns one thread without spinning. */
  public static RuntimeOptions defaults() {
    return DEFAULTS;
  }

  /** Returns these options with another number of threads. */
  public RuntimeOptions withIntraOpThreads(int threads) {
    return new RuntimeOptions(threads, spinning);
  }

  /** Returns these options with spinning on or off. */
  public RuntimeOptions withSpinning(boolean spin) {
    return new RuntimeOptions(intraOpThreads, spin);
  }
}
