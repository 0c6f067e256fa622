package org.fer4j.training.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;

/**
 * How many of FER+'s ten annotators chose each expression for one image, and how many chose
 * "unknown" or "no face".
 *
 * <p>Both rules below start by dropping outliers: a single vote counts as none. The source of that
 * and of the majority rule is the code that accompanies FER+ (Barsoum et al., ICMI 2016;
 * github.com/microsoft/FERPlus, mode "majority").
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Votes {

  /** The columns of label.csv and fer2013new.csv: the expressions, "unknown" and "NF". */
  static final int COLUMNS = Emotion.all().size() + 2;

  private static final int OUTLIER = 1;

  private final int[] counts;

  private Votes(int[] counts) {
    this.counts = counts;
  }

  /**
   * Wraps ten counts: the expressions in the order of {@link Emotion#all()}, then "unknown", then
   * "no face". The list is copied.
   *
   * @throws IllegalArgumentException if there are not exactly ten counts, or one is negative
   */
  public static Votes of(List<Integer> counts) {
    if (counts.size() != COLUMNS) {
      throw new IllegalArgumentException(
          "expected %d vote counts, found %d".formatted(COLUMNS, counts.size()));
    }
    for (int count : counts) {
      if (count < 0) {
        throw new IllegalArgumentException("expected votes of 0 or more, found " + count);
      }
    }
    return new Votes(counts.stream().mapToInt(count -> count > OUTLIER ? count : 0).toArray());
  }

  /**
   * Returns the expression that more than half of the votes chose; empty if there is none, or if
   * the majority says "unknown" or "no face". This decides which images a measurement of accuracy
   * counts.
   */
  public Optional<Emotion> majority() {
    int total = Arrays.stream(counts).sum();
    return Emotion.all().stream()
        .filter(emotion -> 2 * counts[emotion.ordinal()] > total)
        .findFirst();
  }

  /**
   * Returns the share of each expression among the votes for expressions; empty if these are not
   * more than half of all votes. This is what a network learns from: it keeps what the annotators
   * disagreed on, and images without a majority.
   */
  public Optional<EmotionScores> distribution() {
    int total = Arrays.stream(counts).sum();
    int expressions = Arrays.stream(counts).limit(Emotion.all().size()).sum();
    if (2 * expressions <= total) {
      return Optional.empty();
    }
    float[] shares = new float[Emotion.all().size()];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) counts[i] / expressions;
    }
    return Optional.of(EmotionScores.of(shares));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Votes that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  /** Returns the counts without outliers, for example {@code [4, 0, 0, 0, 3, 2, 0, 0, 0, 0]}. */
  @Override
  public String toString() {
    return Arrays.toString(counts);
  }
}
