package org.fer4j.model;

/**
 * An input of facial features, [batch, length], in the order of a layout; NaN where one is missing.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param name of the input in the network
 * @param layout version of the {@link org.fer4j.features.FeatureLayout}
 * @param length number of features of that layout, at least 1
 */
public record FeatureSpec(String name, String layout, int length) implements TensorSpec {

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public FeatureSpec {
    if (length < 1) {
      throw new IllegalArgumentException("expected at least 1 feature, found " + length);
    }
  }

  @Override
  public long[] shape(int batch) {
    return new long[] {batch, length};
  }
}
