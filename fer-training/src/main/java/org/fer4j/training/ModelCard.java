package org.fer4j.training;

import java.util.Optional;
import org.fer4j.CropRule;
import org.fer4j.model.TrainingPrior;
import org.fer4j.training.evaluation.ConfidenceInterval;
import org.fer4j.training.internal.Ranges;

/**
 * What a model's manifest says beyond what follows from the network itself.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param name by which the model is asked for, for example "fer-fast"
 * @param version of the weights
 * @param description one sentence
 * @param license SPDX identifier
 * @param source where the weights come from: data, recipe, command
 * @param temperature what to divide logits by before the softmax, above 0
 * @param prior how often each expression occurred in training
 * @param crop how the faces that the network was trained on are framed
 * @param accuracy what was measured, if anything was
 */
public record ModelCard(
    String name,
    String version,
    String description,
    String license,
    String source,
    double temperature,
    TrainingPrior prior,
    CropRule crop,
    Optional<Accuracy> accuracy) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if the temperature is out of its range
   */
  public ModelCard {
    Ranges.require("temperature", temperature, 1e-3, 1e3);
  }

  /**
   * A measured accuracy with what it takes to measure it again.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param dataset which images, which labels
   * @param images how many
   * @param accuracy share that is right, 0 to 1
   * @param confidenceInterval where it lies with 95 % confidence
   * @param command that measures it
   */
  public record Accuracy(
      String dataset,
      int images,
      double accuracy,
      ConfidenceInterval confidenceInterval,
      String command) {

    /** Takes the figures out of a measurement. */
    public static Accuracy of(String dataset, Measurement measurement, String command) {
      return new Accuracy(
          dataset,
          measurement.images(),
          measurement.accuracy(),
          measurement.confidenceInterval(),
          command);
    }
  }
}
