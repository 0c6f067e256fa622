package org.fer4j.training;

/** What was learned from scaled features: some outputs for each face, which a map makes logits. */
interface FeatureLearner {

  /** Computes the outputs of faces, a row for each. */
  float[][] outputs(float[][] scaled);

  /** Returns the class that a row of outputs speaks for. */
  int vote(float[] outputs);

  /** Returns how many outputs there are. */
  int outputCount();

  /**
   * Adds the nodes that compute the outputs.
   *
   * @param scaled name of the scaled features [batch, features]
   * @return name of the outputs [batch, outputs]
   */
  String write(OnnxGraph graph, String scaled);
}
