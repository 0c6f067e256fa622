/**
 * How good a classifier is: {@link org.fer4j.training.evaluation.EvaluationMeter} takes true labels
 * and scores, {@link org.fer4j.training.evaluation.Evaluation} holds the figures. {@link
 * org.fer4j.training.evaluation.Corruption} makes pictures worse, {@link
 * org.fer4j.training.evaluation.Robustness} tells what is still right then.
 */
@NullMarked
package org.fer4j.training.evaluation;

import org.jspecify.annotations.NullMarked;
