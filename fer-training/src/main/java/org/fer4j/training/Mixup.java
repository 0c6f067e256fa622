package org.fer4j.training;

import java.util.random.RandomGenerator;
import org.fer4j.training.internal.Ranges;

/**
 * Blends images, and what they show, in pairs (Zhang et al., <i>mixup: Beyond Empirical Risk
 * Minimization</i>, 2018): the share of the first is drawn evenly between 1 - depth and 1. An even
 * share in place of the paper's beta distribution keeps the first image the stronger one.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param probability how often an image is blended, 0 to 1
 * @param depth largest share of the second image, 0 to 0.5
 */
public record Mixup(double probability, double depth) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Mixup {
    Ranges.require("probability", probability, 0, 1);
    Ranges.require("depth", depth, 0, 0.5);
  }

  /** Returns one that blends nothing. */
  public static Mixup none() {
    return new Mixup(0, 0);
  }

  /** Returns the share of the first image. */
  double draw(RandomGenerator random) {
    return random.nextDouble() < probability ? 1 - depth * random.nextDouble() : 1;
  }
}
