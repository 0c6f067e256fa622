package org.fer4j.training.evaluation;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.fer4j.Emotion;

/**
 * How often each expression was taken for each other.
 *
 * <p>Precision, recall and F1 are those of van Rijsbergen (<i>Information Retrieval</i>, 1979), for
 * one expression against all others. A share of nothing is 0: the precision of an expression that
 * was never predicted, the recall of one that never occurred.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class ConfusionMatrix {

  private final long[][] counts;

  private ConfusionMatrix(long[][] counts) {
    this.counts = counts;
  }

  /**
   * Wraps counts; they are copied.
   *
   * @param counts a row for each true expression, in it a number for each predicted one, both in
   *     the order of {@link Emotion#all()}
   * @throws IllegalArgumentException if it is not 8 rows of 8 numbers from 0 on
   */
  public static ConfusionMatrix of(long[][] counts) {
    int size = Emotion.all().size();
    if (counts.length != size || Arrays.stream(counts).anyMatch(row -> row.length != size)) {
      throw new IllegalArgumentException(
          "expected %d rows of %d counts, found %s"
              .formatted(size, size, Arrays.deepToString(counts)));
    }
    long[][] copy = new long[size][];
    for (int i = 0; i < size; i++) {
      if (Arrays.stream(counts[i]).anyMatch(count -> count < 0)) {
        throw new IllegalArgumentException(
            "expected counts from 0 on, found " + Arrays.toString(counts[i]));
      }
      copy[i] = counts[i].clone();
    }
    return new ConfusionMatrix(copy);
  }

  /** Returns how often an expression was predicted where another, or the same, was true. */
  public long count(Emotion truth, Emotion predicted) {
    return counts[truth.ordinal()][predicted.ordinal()];
  }

  /** Returns how many images there were. */
  public long total() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  /** Returns how many images were predicted right. */
  public long correct() {
    return Emotion.all().stream().mapToLong(emotion -> count(emotion, emotion)).sum();
  }

  /** Returns how many images show an expression. */
  public long support(Emotion emotion) {
    return Arrays.stream(counts[emotion.ordinal()]).sum();
  }

  /** Returns how many images an expression was predicted for. */
  public long predictions(Emotion emotion) {
    return Arrays.stream(counts).mapToLong(row -> row[emotion.ordinal()]).sum();
  }

  /** Returns the share of right ones among the predictions of an expression, from 0 to 1. */
  public double precision(Emotion emotion) {
    return share(count(emotion, emotion), predictions(emotion));
  }

  /** Returns the share of found ones among the images that show an expression, from 0 to 1. */
  public double recall(Emotion emotion) {
    return share(count(emotion, emotion), support(emotion));
  }

  /** Returns the harmonic mean of precision and recall, from 0 to 1. */
  public double f1(Emotion emotion) {
    return share(2 * count(emotion, emotion), support(emotion) + predictions(emotion));
  }

  /** Returns the mean of F1 over the expressions that occur; 0 if there is no image. */
  public double macroF1() {
    return meanOfOccurring(this::f1);
  }

  /**
   * Returns the mean of recall over the expressions that occur, also called balanced accuracy; 0 if
   * there is no image.
   */
  public double macroRecall() {
    return meanOfOccurring(this::recall);
  }

  /** Returns the mean of precision over the expressions that occur; 0 if there is no image. */
  public double macroPrecision() {
    return meanOfOccurring(this::precision);
  }

  private double meanOfOccurring(ToDoubleFunction<Emotion> figure) {
    return Emotion.all().stream()
        .filter(emotion -> support(emotion) > 0)
        .mapToDouble(figure)
        .average()
        .orElse(0);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** Returns a copy of the counts, a row for each true expression. */
  public long[][] toArray() {
    return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix that && Arrays.deepEquals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(counts);
  }

  /** Returns the rows, for example {@code [[5, 0, ...], ...]}. */
  @Override
  public String toString() {
    return Arrays.deepToString(counts);
  }
}
