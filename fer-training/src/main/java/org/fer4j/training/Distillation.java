package org.fer4j.training;

import org.fer4j.training.internal.Ranges;

/**
 * How much a network learns from teachers, networks trained before, beside the annotators (Hinton
 * et al., <i>Distilling the Knowledge in a Neural Network</i>, 2015). Teachers see the very images
 * that the student sees, varied and blended as they are (Beyer et al., <i>Knowledge distillation: A
 * good teacher is patient and consistent</i>, 2022).
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param weight of the teachers' probabilities in what the network learns, the rest is that of the
 *     annotators; 0 to 1, and with 0 there is no teacher
 * @param views how many variations of each image training goes round, so that a teacher has to look
 *     at each only once; with 0 every epoch has variations of its own
 */
public record Distillation(double weight, int views) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Distillation {
    Ranges.require("weight of a distillation", weight, 0, 1);
    Ranges.require("views", views, 0, 1000);
  }

  /** Returns one without a teacher. */
  public static Distillation none() {
    return new Distillation(0, 0);
  }

  /** Returns which variation of the images an epoch, from 1, uses. */
  int viewOf(int epoch) {
    return views == 0 ? epoch : (epoch - 1) % views + 1;
  }
}
