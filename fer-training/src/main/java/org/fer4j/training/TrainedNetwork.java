package org.fer4j.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fer4j.EmotionScores;
import org.fer4j.FerException;
import org.fer4j.model.TrainingPrior;
import org.fer4j.training.evaluation.BalancedStrength;
import org.fer4j.training.evaluation.TemperatureScaling;

/**
 * The weights that a run found, with the recipe that led to them.
 *
 * <p>Immutable and safe for use by many threads; those that measure load LibTorch.
 */
public final class TrainedNetwork {

  private final TrainingRecipe recipe;
  private final Map<String, Weights.Array> arrays;

  private TrainedNetwork(TrainingRecipe recipe, Map<String, Weights.Array> arrays) {
    this.recipe = recipe;
    this.arrays = arrays;
  }

  /**
   * Reads the weights of {@link RunFolder#best()}, or a model that was exported.
   *
   * @param file .safetensors of a training run, .onnx of an exported model, or its folder
   * @throws FerException if the file can't be read or is not of a training run
   */
  public static TrainedNetwork read(Path file) {
    Path source = Files.isDirectory(file) ? new ModelFolder(file).network() : file;
    if (!source.toString().endsWith(".onnx")) {
      Weights weights = SafeTensors.read(source);
      return new TrainedNetwork(RunFolder.recipeOf(weights), weights.arrays());
    }
    try {
      Weights weights = OnnxWeights.read(Files.readAllBytes(source));
      TrainingRecipe recipe = RunFolder.recipeOf(weights);
      Layers layers = Layers.of(recipe.network());
      return new TrainedNetwork(recipe, BatchNormFolding.unfold(layers, weights.arrays()));
    } catch (IOException | FerException e) {
      throw new FerException(
          "%s can't be read as a network that fer4j trained: %s".formatted(source, e.getMessage()),
          e);
    }
  }

  static TrainedNetwork of(TrainingRecipe recipe, Map<String, Weights.Array> arrays) {
    return new TrainedNetwork(recipe, arrays);
  }

  /** Returns the weights with batch norms folded, as a run may start from them. */
  Weights folded() {
    return new Weights(BatchNormFolding.fold(Layers.of(recipe.network()), arrays), Map.of());
  }

  /** Loads the weights into LibTorch; the caller closes the network. */
  Network load() {
    return Network.of(recipe.network(), 0, arrays);
  }

  /** Returns the recipe that the network was trained by. */
  public TrainingRecipe recipe() {
    return recipe;
  }

  /**
   * Returns this network with batch norms folded and all weights rounded to 16 bits, so that its
   * .onnx file is half as large. It computes in 32 bits, as fast as before; what it says changes a
   * little, so it is to be measured anew.
   */
  public TrainedNetwork halved() {
    Layers layers = Layers.of(recipe.network());
    Map<String, Weights.Array> rounded = new LinkedHashMap<>();
    BatchNormFolding.fold(layers, arrays)
        .forEach((name, array) -> rounded.put(name, halved(array)));
    return new TrainedNetwork(recipe, BatchNormFolding.unfold(layers, rounded));
  }

  private static Weights.Array halved(Weights.Array array) {
    float[] values = array.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = HalfFloats.toFloat(HalfFloats.fromFloat(values[i]));
    }
    return new Weights.Array(array.shape(), values);
  }

  /**
   * Returns the network as the bytes of a .onnx file: the input "input" [batch, 1, size, size] of
   * normalised grey values, the output "logits" [batch, 8] in the order of the expressions, any
   * batch.
   */
  public byte[] toOnnx() {
    return OnnxExporter.export(recipe, arrays);
  }

  /**
   * Computes logits with LibTorch, for each crop fed once as it is.
   *
   * @throws IllegalArgumentException if a crop is not of the network's size
   */
  public List<float[]> logits(List<Crop> crops) {
    LibTorch.load();
    return List.of(Measurement.logits(recipe, arrays, crops));
  }

  /**
   * Returns how often each expression occurred in training, with the strength of the balanced
   * setting that is chosen on validation ({@link BalancedStrength}).
   *
   * @throws IllegalArgumentException if there is nothing to learn in one or no label in the other
   */
  public TrainingPrior prior(CropSet training, CropSet validation) {
    EmotionScores shares = training.meanDistribution();
    List<Crop> labeled = validation.measurable();
    float[][] logits = logits(labeled).toArray(float[][]::new);
    int[] labels = Measurement.labels(labeled);
    double temperature = TemperatureScaling.fit(logits, labels);
    return new TrainingPrior(shares, BalancedStrength.choose(logits, labels, temperature, shares));
  }

  /**
   * Measures the crops that have a label.
   *
   * @throws IllegalArgumentException if none has, or one is not of the network's size
   */
  public Measurement measure(CropSet crops) {
    LibTorch.load();
    return Measurement.of(recipe, arrays, crops.measurable());
  }
}
