package org.fer4j.training;

import org.fer4j.training.internal.Ranges;

/**
 * A part of a training run, in which the learning rate falls along a half cosine to zero; so each
 * cycle ends with a good network, and the next starts from it (Loshchilov and Hutter, <i>SGDR:
 * Stochastic Gradient Descent with Warm Restarts</i>, 2017).
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param epochs how often each image is used
 * @param learningRate at the start of the cycle
 * @param enlargedTo width and height that the convolutions see: that of the network's shape, or for
 *     a MobileNet another, as early cycles are cheaper at a smaller size (Tan and Le,
 *     <i>EfficientNetV2</i>, 2021); the accuracy on validation is measured at the shape's size
 * @param frozenBlocks how many blocks, from the image on, keep their weights, the first convolution
 *     with them; with 0 everything learns. Early layers see edges, which a network that was trained
 *     before knows, and cost the most time (Brock et al., <i>FreezeOut</i>, 2017)
 */
public record LearningCycle(int epochs, double learningRate, int enlargedTo, int frozenBlocks) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public LearningCycle {
    Ranges.require("epochs of a cycle", epochs, 1, 100_000);
    Ranges.require("learningRate", learningRate, 1e-9, 100);
    Ranges.require("enlargedTo", enlargedTo, 8, 1024);
    Ranges.require("frozenBlocks", frozenBlocks, 0, 1000);
  }

  /** Returns the learning rate where a share of the cycle, 0 to 1, has passed. */
  double learningRateAt(double progress) {
    return learningRate * 0.5 * (1 + Math.cos(Math.PI * progress));
  }
}
