package org.fer4j.training;

import java.util.List;
import java.util.Optional;
import org.fer4j.CropRule;

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
   * @param dataset which images, which labels
   * @param images how many
   * @param accuracy share that is right, 0 to 1
   * @param confidenceInterval ends of the 95 % interval
   * @param command that measures it
   */
  public record Accuracy(
      String dataset,
      int images,
      double accuracy,
      List<Double> confidenceInterval,
      String command) {

    /** Copies the interval. */
    public Accuracy {
      confidenceInterval = List.copyOf(confidenceInterval);
    }

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
