package org.fer4j.features;

import java.util.Arrays;

/**
 * The features of one face, in the order of {@link FeatureLayout#current()}.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class FacialFeatures {

  private final float[] values;
  private final float presence;

  FacialFeatures(float[] values, float presence) {
    this.values = values;
    this.presence = presence;
  }

  /** Returns what the numbers mean. */
  public FeatureLayout layout() {
    return FeatureLayout.current();
  }

  /**
   * Returns one number, NaN if it is missing.
   *
   * @throws IllegalArgumentException if the layout has no feature of this name
   */
  public float of(String name) {
    return values[layout().indexOf(name)];
  }

  /**
   * Returns how sure the landmark network was that there is a face, from 0 to 1; 0 if it found no
   * points.
   */
  public float presence() {
    return presence;
  }

  /** Tells whether geometry was measured, which it is if the points of the face are known. */
  public boolean hasGeometry() {
    return !Float.isNaN(values[0]);
  }

  /** Returns a copy of all numbers; NaN where one is missing. */
  public float[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FacialFeatures that
        && presence == that.presence
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Float.hashCode(presence) + Arrays.hashCode(values);
  }

  /** Returns the number of features, for example {@code 1234 features with geometry}. */
  @Override
  public String toString() {
    return "%d features %s geometry".formatted(values.length, hasGeometry() ? "with" : "without");
  }
}
