package org.fer4j.model;

import java.util.List;
import org.fer4j.CropRule;
import org.fer4j.Emotion;

/**
 * How the output of an expression network is read.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param logits name of the output [batch, labels]
 * @param labels which expression each column stands for; each of the eight once
 * @param temperature logits are divided by it before the softmax function, above 0
 * @param crop how faces are cut for this network
 */
public record ClassifierSpec(
    String logits, List<Emotion> labels, float temperature, CropRule crop) {

  /**
   * Copies the labels and checks the ranges.
   *
   * @throws IllegalArgumentException if a label is missing or comes twice, or the temperature is
   *     not above 0
   */
  public ClassifierSpec {
    labels = List.copyOf(labels);
    if (labels.size() != Emotion.all().size() || !labels.containsAll(Emotion.all())) {
      throw new IllegalArgumentException(
          "expected each of the labels %s once, found %s".formatted(Emotion.all(), labels));
    }
    if (!(temperature > 0) || !Float.isFinite(temperature)) {
      throw new IllegalArgumentException("expected a temperature above 0, found " + temperature);
    }
  }
}
