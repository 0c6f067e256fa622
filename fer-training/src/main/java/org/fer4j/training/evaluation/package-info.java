/**
 * How good a classifier is: {@link org.fer4j.training.evaluation.EvaluationMeter} takes true labels
 * and scores, {@link org.fer4j.training.evaluation.Evaluation} holds the figures.
 */
@NullMarked
package org.fer4j.training.evaluation;

import org.jspecify.annotations.NullMarked;
