package org.fer4j;

import java.util.Arrays;
import java.util.Locale;

/**
 * A probability for each {@link Emotion}; together they sum to 1.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class EmotionScores {

  private static final float SUM_TOLERANCE = 1e-3f;

  private final float[] probabilities;
  private final Emotion top;

  private EmotionScores(float[] probabilities) {
    this.probabilities = probabilities;
    this.top = Emotion.all().get(indexOfMax(probabilities));
  }

  /**
   * Wraps probabilities in the order of {@link Emotion#all()}; the array is copied.
   *
   * @throws IllegalArgumentException if there are not exactly 8 values, one is negative or not
   *     finite, or they do not sum to 1 within 0.001
   */
  public static EmotionScores of(float... probabilities) {
    requireCount(probabilities.length);
    float sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      float value = probabilities[i];
      if (!(value >= 0) || value > 1 + SUM_TOLERANCE) {
        throw new IllegalArgumentException(
            "expected a probability in [0, 1] for %s, found %s"
                .formatted(Emotion.all().get(i).label(), value));
      }
      sum += value;
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw new IllegalArgumentException("expected probabilities that sum to 1, found " + sum);
    }
    return new EmotionScores(probabilities.clone());
  }

  /**
   * Turns logits in the order of {@link Emotion#all()} into probabilities by the softmax function.
   *
   * @throws IllegalArgumentException if there are not exactly 8 values or one is not finite
   */
  public static EmotionScores ofLogits(float... logits) {
    requireCount(logits.length);
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < logits.length; i++) {
      if (!Float.isFinite(logits[i])) {
        throw new IllegalArgumentException(
            "expected a finite logit for %s, found %s"
                .formatted(Emotion.all().get(i).label(), logits[i]));
      }
      max = Math.max(max, logits[i]);
    }
    float[] probabilities = new float[logits.length];
    float sum = 0;
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) Math.exp(logits[i] - max);
      sum += probabilities[i];
    }
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] /= sum;
    }
    return new EmotionScores(probabilities);
  }

  /** Returns the probability of one expression, from 0 to 1. */
  public float of(Emotion emotion) {
    return probabilities[emotion.ordinal()];
  }

  /** Returns the most probable expression; of equals, the first in the order of FER+. */
  public Emotion top() {
    return top;
  }

  /** Returns the probability of {@link #top()}, from 1/8 to 1. */
  public float confidence() {
    return of(top);
  }

  /** Returns how far the most probable expression is ahead of the second, from 0 to 1. */
  public float margin() {
    float second = 0;
    for (int i = 0; i < probabilities.length; i++) {
      if (i != top.ordinal()) {
        second = Math.max(second, probabilities[i]);
      }
    }
    return confidence() - second;
  }

  /**
   * Returns the Shannon entropy in nats, from 0 (certain) to ln 8 = 2.08 (all expressions alike).
   */
  public float entropy() {
    double entropy = 0;
    for (float p : probabilities) {
      if (p > 0) {
        entropy -= p * Math.log(p);
      }
    }
    return (float) entropy;
  }

  /** Returns a copy of the probabilities in the order of {@link Emotion#all()}. */
  public float[] toArray() {
    return probabilities.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EmotionScores that && Arrays.equals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(probabilities);
  }

  /** Returns, for example, {@code happiness 0.913}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.3f", top.label(), confidence());
  }

  private static void requireCount(int count) {
    if (count != Emotion.all().size()) {
      throw new IllegalArgumentException(
          "expected %d values, one for each emotion, found %d"
              .formatted(Emotion.all().size(), count));
    }
  }

  private static int indexOfMax(float[] values) {
    int max = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[max]) {
        max = i;
      }
    }
    return max;
  }
}
