package org.fer4j.model;

/**
 * What a network takes: a tensor of floats with a row for each face or image.
 *
 * <p>Implementations are immutable and safe for use by many threads.
 */
public sealed interface TensorSpec permits InputSpec, FeatureSpec, ScoresSpec {

  /** Returns the input's name in the network. */
  String name();

  /** Returns the number of values of one row. */
  int length();

  /** Returns the tensor's shape for a batch. */
  long[] shape(int batch);
}
