package org.fer4j.model;

import java.util.List;

/**
 * An input of what several classifiers say of a face, [batch, 8 x branches]: the natural logarithms
 * of each one's scores, in the order of {@link org.fer4j.Emotion#all()}, one classifier after the
 * other.
 *
 * <p>Where a branch is left out, the weighted mean of the others' logarithms stands in its place.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param name of the input in the network
 * @param branches names of the classifiers, at least two
 * @param weights how much each counts in that mean, above 0
 * @param leastPresence a classifier of facial features is left out if the landmark network is less
 *     sure than this, from 0 to 1, that there is a face
 * @param leastLipsContrast it is left out as well if the grey values of the lips deviate less than
 *     this, in deviations of the face's: then something even covers the mouth
 */
public record ScoresSpec(
    String name,
    List<String> branches,
    List<Float> weights,
    float leastPresence,
    float leastLipsContrast)
    implements TensorSpec {

  private static final int CLASSES = 8;

  /**
   * Copies the lists and checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public ScoresSpec {
    branches = List.copyOf(branches);
    weights = List.copyOf(weights);
    if (branches.size() < 2 || weights.size() != branches.size()) {
      throw new IllegalArgumentException(
          "expected two branches at least, and a weight for each, found %s and %s"
              .formatted(branches, weights));
    }
    for (float weight : weights) {
      if (!(weight > 0) || !Float.isFinite(weight)) {
        throw new IllegalArgumentException("expected weights above 0, found " + weights);
      }
    }
    if (!(leastPresence >= 0 && leastPresence <= 1)) {
      throw new IllegalArgumentException(
          "expected a least presence in [0, 1], found " + leastPresence);
    }
    if (!(leastLipsContrast >= 0) || !Float.isFinite(leastLipsContrast)) {
      throw new IllegalArgumentException(
          "expected a least contrast from 0 on, found " + leastLipsContrast);
    }
  }

  @Override
  public int length() {
    return CLASSES * branches.size();
  }

  @Override
  public long[] shape(int batch) {
    return new long[] {batch, length()};
  }
}
