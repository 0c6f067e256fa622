package org.fer4j.model;

import java.util.List;
import java.util.Optional;
import org.fer4j.CropRule;
import org.fer4j.Emotion;
import org.fer4j.Prior;

/**
 * How the output of an expression network is read.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param logits name of the output [batch, labels]
 * @param labels which expression each column stands for; each of the eight once
 * @param temperature logits are divided by it before the softmax function, above 0
 * @param prior how often each expression occurred in training, if that is known
 * @param crop how faces are cut for this network
 */
public record ClassifierSpec(
    String logits,
    List<Emotion> labels,
    float temperature,
    Optional<TrainingPrior> prior,
    CropRule crop) {

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

  /** Returns how another output of the same kind is read. */
  public ClassifierSpec withLogits(String output) {
    return new ClassifierSpec(output, labels, temperature, prior, crop);
  }

  /**
   * Returns what to add to the logits after their division by the temperature, so that they follow
   * another prior, in the order of {@link Emotion#all()}; see {@link TrainingPrior}.
   *
   * @throws IllegalArgumentException if the prior is not the natural one and that of the training
   *     is not known
   */
  public float[] priorOffsets(Prior wanted) {
    if (wanted instanceof Prior.Natural) {
      return new float[Emotion.all().size()];
    }
    return prior
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected 'classifier.prior' for another prior than the natural one, found"
                        + " nothing"))
        .offsetsFor(wanted);
  }
}
