package org.fer4j.training;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fer4j.FerException;

/**
 * Everything that decides what a training run computes, apart from the images. The same recipe on
 * the same images gives the same network, up to rounding that depends on the number of threads.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param network the shape of the network
 * @param dropout the share of features that training drops before the last layer, from 0 to 0.9
 * @param pixelMean subtracted from grey values of 0 to 255
 * @param pixelDeviation what they are divided by then
 * @param augmentation how each image is varied before each use
 * @param epochs how often each image is used
 * @param batchSize images for each step
 * @param learningRate the highest; it rises linearly during the warm-up and falls along a half
 *     cosine to zero
 * @param warmUpEpochs epochs of rising learning rate, fractions allowed
 * @param momentum of stochastic gradient descent after Nesterov, from 0 to below 1
 * @param weightDecay pulls convolution kernels and the last layer's weights towards zero
 * @param averageDecay of the exponential moving average of all weights, which is what is measured
 *     and kept, from 0 to below 1
 * @param patienceEpochs stops after this many epochs without a better accuracy on validation
 * @param seed of the first weights, of the order of images, of their variation and of dropout
 */
public record TrainingRecipe(
    NetworkShape network,
    double dropout,
    float pixelMean,
    float pixelDeviation,
    Augmentation augmentation,
    int epochs,
    int batchSize,
    double learningRate,
    double warmUpEpochs,
    double momentum,
    double weightDecay,
    double averageDecay,
    int patienceEpochs,
    long seed) {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public TrainingRecipe {
    Ranges.require("dropout", dropout, 0, 0.9);
    Ranges.require("pixelMean", pixelMean, 0, 255);
    Ranges.require("pixelDeviation", pixelDeviation, 1, 255);
    Ranges.require("epochs", epochs, 1, 100_000);
    Ranges.require("batchSize", batchSize, 2, 65_536);
    Ranges.require("learningRate", learningRate, 1e-9, 100);
    Ranges.require("warmUpEpochs", warmUpEpochs, 0, epochs);
    Ranges.require("momentum", momentum, 0, 0.9999);
    Ranges.require("weightDecay", weightDecay, 0, 1);
    Ranges.require("averageDecay", averageDecay, 0, 0.99999);
    Ranges.require("patienceEpochs", patienceEpochs, 1, 100_000);
  }

  /**
   * Reads a recipe.
   *
   * @throws FerException if the file can't be read, is not JSON, lacks a value or has an unknown
   *     one, or a value is out of its range
   */
  public static TrainingRecipe read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException | FerException e) {
      throw new FerException("%s is not a recipe: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Returns one of the recipes that the bundled models were trained by, for example "fer-fast".
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static TrainingRecipe named(String name) {
    try (InputStream in = TrainingRecipe.class.getResourceAsStream("recipes/" + name + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException("there is no recipe named '%s'".formatted(name));
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new FerException("the recipe %s can't be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  /**
   * Reads a recipe from its JSON.
   *
   * @throws FerException if the text is not a valid recipe
   */
  public static TrainingRecipe parse(String json) {
    try {
      return JSON.readValue(json, TrainingRecipe.class);
    } catch (JacksonException e) {
      // Jackson goes on about its own settings after the semicolon.
      throw new FerException(e.getOriginalMessage().replaceFirst(";.*", ""), e);
    }
  }

  /** Returns the recipe as JSON that {@link #parse} reads. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JacksonException e) {
      throw new IllegalStateException("a recipe of plain values can't be written", e);
    }
  }

  /** Returns the learning rate at a step. */
  double learningRateAt(long step, int stepsPerEpoch) {
    double warmUp = warmUpEpochs * stepsPerEpoch;
    if (step < warmUp) {
      return learningRate * (step + 1) / warmUp;
    }
    double total = (double) epochs * stepsPerEpoch;
    double progress = (step - warmUp) / Math.max(1, total - warmUp);
    return learningRate * 0.5 * (1 + Math.cos(Math.PI * progress));
  }
}
