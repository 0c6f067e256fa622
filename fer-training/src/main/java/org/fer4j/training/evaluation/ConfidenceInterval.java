package org.fer4j.training.evaluation;

/**
 * Where a share lies with 95 % confidence.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param low lower end, from 0 to 1
 * @param high upper end, from 0 to 1
 */
public record ConfidenceInterval(double low, double high) {

  /** The 97.5 % quantile of the normal distribution. */
  private static final double Z = 1.959963984540054;

  /**
   * Returns the score interval of Wilson (<i>Probable inference, the law of succession, and
   * statistical inference</i>, Journal of the American Statistical Association 22, 1927), which
   * stays inside [0, 1] and holds for few trials and for shares close to 0 or 1.
   *
   * @param successes from 0 to the trials
   * @param trials at least 1
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static ConfidenceInterval wilson(long successes, long trials) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "expected 0 to n successes of n >= 1 trials, found %d of %d"
              .formatted(successes, trials));
    }
    double share = (double) successes / trials;
    double z2 = Z * Z / trials;
    double center = (share + z2 / 2) / (1 + z2);
    double half = Z * Math.sqrt(share * (1 - share) / trials + z2 / (4 * trials)) / (1 + z2);
    return new ConfidenceInterval(Math.max(0, center - half), Math.min(1, center + half));
  }
}
