package org.fer4j.training;

import java.util.List;

/**
 * Features of mean 0 and deviation 1 over the training, cut off at {@value #LIMIT} deviations. A
 * missing one counts as the mean; one that is not looked at is 0.
 */
final class FeatureScaling {

  /** Keeps a measure that went wrong from outweighing all others. */
  private static final float LIMIT = 6;

  private final float[] means;
  private final float[] factors;

  private FeatureScaling(float[] means, float[] factors) {
    this.means = means;
    this.factors = factors;
  }

  /**
   * Measures means and deviations.
   *
   * @param from index of the first feature that is looked at
   * @param to index after the last
   */
  static FeatureScaling of(List<FeatureSet.LabeledFeatures> faces, int from, int to) {
    int length = faces.get(0).values().length;
    float[] means = new float[length];
    float[] factors = new float[length];
    for (int i = from; i < to; i++) {
      double sum = 0;
      double squares = 0;
      int count = 0;
      for (FeatureSet.LabeledFeatures face : faces) {
        float value = face.values()[i];
        if (!Float.isNaN(value)) {
          sum += value;
          squares += (double) value * value;
          count++;
        }
      }
      double mean = count == 0 ? 0 : sum / count;
      double variance = count == 0 ? 0 : squares / count - mean * mean;
      means[i] = (float) mean;
      factors[i] = variance > 1e-12 ? (float) (1 / Math.sqrt(variance)) : 0;
    }
    return new FeatureScaling(means, factors);
  }

  int length() {
    return means.length;
  }

  float[] apply(float[] values) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      float filled = Float.isNaN(values[i]) ? means[i] : values[i];
      scaled[i] = Math.max(-LIMIT, Math.min(LIMIT, (filled - means[i]) * factors[i]));
    }
    return scaled;
  }

  float[][] apply(List<FeatureSet.LabeledFeatures> faces) {
    return faces.stream().map(face -> apply(face.values())).toArray(float[][]::new);
  }

  /** Adds the nodes that scale, and returns the name of what they give. */
  String write(OnnxGraph graph, String input) {
    long[] row = {1, means.length};
    String mean = graph.constant("means", row, means);
    String missing = graph.node("IsNaN", "missing", List.of(input), List.of());
    String filled = graph.node("Where", "filled", List.of(missing, mean, input), List.of());
    String centered = graph.node("Sub", "centered", List.of(filled, mean), List.of());
    String factor = graph.constant("factors", row, factors);
    String scaled = graph.node("Mul", "scaled", List.of(centered, factor), List.of());
    return graph.node(
        "Clip",
        "clipped",
        List.of(
            scaled,
            graph.constant("lowest", new long[0], -LIMIT),
            graph.constant("highest", new long[0], LIMIT)),
        List.of());
  }
}
