package org.fer4j.training;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.fer4j.training.evaluation.ConfidenceInterval;
import org.fer4j.training.evaluation.TemperatureScaling;

/**
 * What a network says about labelled crops, each fed once and as it is.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param images how many there were
 * @param right how many had their largest logit at the label
 * @param loss mean cross entropy against the labels in nats
 * @param temperature what to divide logits by, so that this loss becomes smallest: above 1 the
 *     network is too sure of itself
 */
public record Measurement(int images, int right, double loss, double temperature) {

  private static final int BATCH = 128;

  /** Returns the share of images that are right, 0 to 1. */
  public double accuracy() {
    return (double) right / images;
  }

  /** Returns where the accuracy lies with 95 % confidence. */
  public ConfidenceInterval confidenceInterval() {
    return ConfidenceInterval.wilson(right, images);
  }

  static Measurement of(
      TrainingRecipe recipe, Map<String, Weights.Array> arrays, List<Crop> crops) {
    if (crops.isEmpty()) {
      throw new IllegalArgumentException("expected images with a label, found none");
    }
    return of(logits(recipe, arrays, crops), labels(crops));
  }

  /** Returns the column of each crop's label. */
  static int[] labels(List<Crop> crops) {
    return crops.stream().mapToInt(crop -> crop.label().orElseThrow().ordinal()).toArray();
  }

  static Measurement of(float[][] logits, int[] labels) {
    int right = 0;
    for (int i = 0; i < logits.length; i++) {
      right += indexOfMax(logits[i]) == labels[i] ? 1 : 0;
    }
    return new Measurement(
        logits.length,
        right,
        TemperatureScaling.loss(logits, labels, 1),
        TemperatureScaling.fit(logits, labels));
  }

  /** Computes the logits of each crop with LibTorch. */
  static float[][] logits(
      TrainingRecipe recipe, Map<String, Weights.Array> arrays, List<Crop> crops) {
    int size = recipe.network().inputSize();
    int area = size * size;
    Crop.requireSide(crops, size);
    float[][] logits = new float[crops.size()][Layers.CLASSES];
    try (Network network = Network.of(recipe.network(), 0, arrays)) {
      for (int first = 0; first < crops.size(); first += BATCH) {
        int count = Math.min(BATCH, crops.size() - first);
        float[] pixels = new float[count * area];
        for (int i = 0; i < pixels.length; i++) {
          pixels[i] = crops.get(first + i / area).pixels()[i % area] & 0xff;
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
  static float[] forward(Network network, float[] pixels, int count, int size) {
    float[] logits = new float[count * Layers.CLASSES];
    LibTorch.scopedWithoutGradient(
        () -> {
          Tensor images = Tensor.create(pixels, count, 1, size, size);
          network
              .logits(network.features(images, Network.Pass.INFERENCE))
              .data_ptr_float()
              .get(logits);
        });
    return logits;
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
