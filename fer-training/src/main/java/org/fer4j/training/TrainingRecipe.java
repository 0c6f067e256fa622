package org.fer4j.training;

import java.nio.file.Path;
import java.util.List;
import org.fer4j.FerException;
import org.fer4j.training.augmentation.Augmentation;
import org.fer4j.training.internal.Ranges;

/**
 * Everything that decides what a training run computes, apart from the images. The same recipe on
 * the same images gives the same network, up to rounding that depends on the threads.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param network the shape of the network
 * @param start the weights that training starts from: "random", the name of a bundled backbone
 *     ("faceres" for a MobileNet, "mobilefacenet" for a MobileFaceNet), or "given" for those that
 *     are handed to the trainer
 * @param dropout the share of features that training drops before the last layer, from 0 to 0.9
 * @param pixelMean subtracted from grey values of 0 to 255
 * @param pixelDeviation what they are divided by then
 * @param augmentation how each image is varied before each use
 * @param mixup how often images are blended with one another
 * @param secondLabelWeight weight of the loss of a second head that learns the images' second
 *     labels, 0 to 10; with 0 there is no such head
 * @param distillation what is learned from teachers
 * @param cycles one after the other
 * @param batchSize images for each step
 * @param warmUpEpochs epochs at the start of the first cycle in which the learning rate rises
 *     linearly, fractions allowed
 * @param momentum of stochastic gradient descent after Nesterov, from 0 to below 1
 * @param weightDecay pulls convolution kernels and the last layer's weights towards zero
 * @param averageDecay of the exponential moving average of all weights, which is what is measured
 *     and kept, from 0 to below 1
 * @param patienceEpochs stops after this many epochs without a better accuracy on validation
 * @param seed of the first weights, of the order of images, of their variation and of dropout
 */
public record TrainingRecipe(
    NetworkShape network,
    String start,
    double dropout,
    float pixelMean,
    float pixelDeviation,
    Augmentation augmentation,
    Mixup mixup,
    double secondLabelWeight,
    Distillation distillation,
    List<LearningCycle> cycles,
    int batchSize,
    double warmUpEpochs,
    double momentum,
    double weightDecay,
    double averageDecay,
    int patienceEpochs,
    long seed) {

  /** The {@link #start} from random weights. */
  public static final String RANDOM = "random";

  /** The {@link #start} from weights that are handed to the trainer. */
  public static final String GIVEN = "given";

  private static final RecipeJson<TrainingRecipe> JSON =
      new RecipeJson<>(TrainingRecipe.class, "recipes");

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public TrainingRecipe {
    Ranges.require("dropout", dropout, 0, 0.9);
    Ranges.require("pixelMean", pixelMean, 0, 255);
    Ranges.require("pixelDeviation", pixelDeviation, 1, 255);
    Ranges.require("secondLabelWeight", secondLabelWeight, 0, 10);
    Ranges.require("the number of cycles", cycles.size(), 1, 100);
    cycles = List.copyOf(cycles);
    if (network instanceof NetworkShape.MobileFaceNet shape) {
      for (LearningCycle cycle : cycles) {
        Ranges.require(
            "enlargedTo of a cycle", cycle.enlargedTo(), shape.enlargedTo(), shape.enlargedTo());
      }
    }
    Ranges.require("batchSize", batchSize, 2, 65_536);
    Ranges.require("warmUpEpochs", warmUpEpochs, 0, cycles.get(0).epochs());
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
    return JSON.read(file);
  }

  /**
   * Returns a bundled recipe. "from-scratch" needs nothing but images; "fine-tune" trains
   * fer-accurate on with other images. Those of the bundled models need second labels as well:
   * "fer-accurate" and "fer-accurate-2", which goes on from the former, "fer-fast", which learns
   * from fer-accurate, and "fer-fast-2", which goes on from there.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static TrainingRecipe named(String name) {
    return JSON.named(name);
  }

  /**
   * Reads a recipe from its JSON.
   *
   * @throws FerException if the text is not a valid recipe
   */
  public static TrainingRecipe parse(String json) {
    return JSON.parse(json);
  }

  /** Returns the recipe as JSON that {@link #parse} reads. */
  public String toJson() {
    return RecipeJson.toJson(this);
  }

  /** Returns the epochs of all cycles together. */
  public int epochs() {
    return cycles.stream().mapToInt(LearningCycle::epochs).sum();
  }

  /** Returns the cycle that an epoch, from 1, belongs to. */
  LearningCycle cycleAt(int epoch) {
    return cycles.get(cycleIndexAt(epoch));
  }

  private int cycleIndexAt(int epoch) {
    int index = 0;
    int last = cycles.get(0).epochs();
    while (epoch > last && index + 1 < cycles.size()) {
      index++;
      last += cycles.get(index).epochs();
    }
    return index;
  }

  /** Returns the learning rate at a step, counted from 0 over the whole run. */
  double learningRateAt(long step, int stepsPerEpoch) {
    int index = cycleIndexAt((int) (step / stepsPerEpoch) + 1);
    LearningCycle cycle = cycles.get(index);
    long before =
        stepsPerEpoch * cycles.subList(0, index).stream().mapToLong(LearningCycle::epochs).sum();
    double warmUp = index == 0 ? warmUpEpochs * stepsPerEpoch : 0;
    double place = step - before;
    if (place < warmUp) {
      return cycle.learningRate() * (place + 1) / warmUp;
    }
    double steps = (double) cycle.epochs() * stepsPerEpoch;
    return cycle.learningRateAt((place - warmUp) / Math.max(1, steps - warmUp));
  }
}
