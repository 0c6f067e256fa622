package org.fer4j.training;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * What a network says about labelled crops, each fed once and as it is.
 *
 * @param accuracy share of crops whose largest logit is at the label, 0 to 1
 * @param loss mean cross entropy against the labels in nats
 */
record Measurement(double accuracy, double loss) {

  private static final int BATCH = 128;

  static Measurement of(
      TrainingRecipe recipe, Map<String, Weights.Array> arrays, List<Crop> crops) {
    int right = 0;
    double loss = 0;
    float[][] logits = logits(recipe, arrays, crops);
    for (int i = 0; i < logits.length; i++) {
      int label = crops.get(i).label().orElseThrow().ordinal();
      right += indexOfMax(logits[i]) == label ? 1 : 0;
      loss += logSumExp(logits[i], 1) - logits[i][label];
    }
    return new Measurement((double) right / logits.length, loss / logits.length);
  }

  /** Computes the logits of each crop with LibTorch. */
  static float[][] logits(
      TrainingRecipe recipe, Map<String, Weights.Array> arrays, List<Crop> crops) {
    int size = recipe.network().inputSize();
    float[][] logits = new float[crops.size()][Layers.CLASSES];
    try (ResidualNetwork network = ResidualNetwork.of(recipe.network(), 0, arrays)) {
      for (int first = 0; first < crops.size(); first += BATCH) {
        int count = Math.min(BATCH, crops.size() - first);
        float[] pixels = new float[count * size * size];
        for (int i = 0; i < pixels.length; i++) {
          pixels[i] = crops.get(first + i / (size * size)).pixels()[i % (size * size)] & 0xff;
        }
        Normalization.apply(recipe, pixels);
        float[] values = forward(network, pixels, count, size);
        for (int i = 0; i < values.length; i++) {
          logits[first + i / Layers.CLASSES][i % Layers.CLASSES] = values[i];
        }
      }
    }
    return logits;
  }

  /** Computes logits, row by row, from normalised images. */
  static float[] forward(ResidualNetwork network, float[] pixels, int count, int size) {
    float[] logits = new float[count * Layers.CLASSES];
    LibTorch.scopedWithoutGradient(
        () -> {
          Tensor images = Tensor.create(pixels, count, 1, size, size);
          network.forward(images, false).data_ptr_float().get(logits);
        });
    return logits;
  }

  static int indexOfMax(float[] values) {
    int max = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[max]) {
        max = i;
      }
    }
    return max;
  }

  /** Returns ln(sum(exp(values / temperature))). */
  static double logSumExp(float[] values, double temperature) {
    double max = values[indexOfMax(values)] / temperature;
    double sum = 0;
    for (float value : values) {
      sum += Math.exp(value / temperature - max);
    }
    return max + Math.log(sum);
  }
}
