package org.fer4j.training.evaluation;

import java.util.Arrays;

/**
 * How often a classifier is right about pictures that suffered from each {@link Corruption} at each
 * strength.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Robustness {

  private final long images;
  private final long[][] correct;

  private Robustness(long images, long[][] correct) {
    this.images = images;
    this.correct = correct;
  }

  /** Returns what is known before the first image. */
  public static Robustness none() {
    return new Robustness(0, new long[Corruption.all().size()][Corruption.STRENGTHS]);
  }

  /**
   * Returns what one image adds.
   *
   * @param correct for each corruption in the order of {@link Corruption#all()}, in it for each
   *     strength, whether the answer was right; copied
   * @throws IllegalArgumentException if there are not 5 rows of 5 answers
   */
  public static Robustness ofImage(boolean[][] correct) {
    Robustness one = none();
    if (correct.length != one.correct.length
        || Arrays.stream(correct).anyMatch(row -> row.length != Corruption.STRENGTHS)) {
      throw new IllegalArgumentException(
          "expected %d rows of %d answers, found %s"
              .formatted(one.correct.length, Corruption.STRENGTHS, Arrays.deepToString(correct)));
    }
    for (int i = 0; i < correct.length; i++) {
      for (int k = 0; k < Corruption.STRENGTHS; k++) {
        one.correct[i][k] = correct[i][k] ? 1 : 0;
      }
    }
    return new Robustness(1, one.correct);
  }

  /** Returns both together. */
  public Robustness plus(Robustness other) {
    Robustness sum = none();
    for (int i = 0; i < correct.length; i++) {
      for (int k = 0; k < Corruption.STRENGTHS; k++) {
        sum.correct[i][k] = correct[i][k] + other.correct[i][k];
      }
    }
    return new Robustness(images + other.images, sum.correct);
  }

  /** Returns how many images there were. */
  public long images() {
    return images;
  }

  /**
   * Returns the share of right answers, from 0 to 1; 0 if there is no image.
   *
   * @param strength 1 to {@link Corruption#STRENGTHS}
   */
  public double accuracy(Corruption corruption, int strength) {
    return images == 0 ? 0 : (double) correct[corruption.ordinal()][strength - 1] / images;
  }

  /** Returns the mean of the accuracy over the strengths of one corruption. */
  public double meanAccuracy(Corruption corruption) {
    double sum = 0;
    for (int strength = 1; strength <= Corruption.STRENGTHS; strength++) {
      sum += accuracy(corruption, strength);
    }
    return sum / Corruption.STRENGTHS;
  }

  /** Returns the mean of the accuracy over all corruptions and strengths. */
  public double meanAccuracy() {
    return Corruption.all().stream().mapToDouble(this::meanAccuracy).average().orElse(0);
  }
}
