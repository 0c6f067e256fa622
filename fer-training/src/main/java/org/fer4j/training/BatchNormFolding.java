package org.fer4j.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fer4j.FerException;

/**
 * Moves batch norms into the convolutions before them, which is exact up to rounding: with the
 * running mean m, variance v, scale g and shift b, the convolution's weights are multiplied by g /
 * sqrt(v + epsilon), and its bias becomes b - m g / sqrt(v + epsilon).
 */
final class BatchNormFolding {

  /** In the names of the arrays of every head. */
  private static final String HEADS = "head.";

  private BatchNormFolding() {}

  /**
   * Returns each convolution's weight and bias; slopes and heads as they are.
   *
   * @throws FerException if a weight is missing
   */
  static Map<String, Weights.Array> fold(Layers layers, Map<String, Weights.Array> arrays) {
    Weights weights = new Weights(arrays, Map.of());
    Map<String, Weights.Array> folded = new LinkedHashMap<>();
    for (Layers.Convolution c : layers.convolutions()) {
      Weights.Array kernels = weights.array(c.weight());
      float[] scale = weights.array(c.scale()).values();
      float[] shift = weights.array(c.shift()).values();
      float[] mean = weights.array(c.mean()).values();
      float[] variance = weights.array(c.variance()).values();
      float[] values = kernels.values().clone();
      float[] bias = new float[c.out()];
      for (int out = 0; out < c.out(); out++) {
        double factor = scale[out] / Math.sqrt(variance[out] + Layers.BATCH_NORM_EPSILON);
        for (int i = out * c.kernelValues(); i < (out + 1) * c.kernelValues(); i++) {
          values[i] = (float) (values[i] * factor);
        }
        bias[out] = (float) (shift[out] - mean[out] * factor);
      }
      folded.put(c.weight(), new Weights.Array(kernels.shape(), values));
      folded.put(c.bias(), new Weights.Array(new long[] {c.out()}, bias));
      if (c.activation() == Layers.Activation.PRELU) {
        folded.put(c.slope(), weights.array(c.slope()));
      }
    }
    arrays.forEach(
        (name, array) -> {
          if (name.contains(HEADS)) {
            folded.put(name, array);
          }
        });
    return folded;
  }

  /** Returns folded arrays with batch norms again, which only add the bias. */
  static Map<String, Weights.Array> unfold(Layers layers, Map<String, Weights.Array> folded) {
    Map<String, Weights.Array> arrays = new LinkedHashMap<>(folded);
    for (Layers.Convolution c : layers.convolutions()) {
      Weights.Array bias = new Weights(folded, Map.of()).array(c.bias());
      arrays.remove(c.bias());
      arrays.put(c.shift(), bias);
      arrays.put(c.mean(), filled(c, 0));
      arrays.put(c.scale(), filled(c, 1));
      arrays.put(c.variance(), filled(c, (float) (1 - Layers.BATCH_NORM_EPSILON)));
    }
    return arrays;
  }

  private static Weights.Array filled(Layers.Convolution c, float value) {
    float[] values = new float[c.out()];
    Arrays.fill(values, value);
    return new Weights.Array(new long[] {c.out()}, values);
  }
}
