package org.fer4j.training.evaluation;

/**
 * How sure a classifier was of one answer, and whether it was right.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param confidence probability of the answer, from 0 to 1
 * @param correct whether it was right
 */
public record Prediction(double confidence, boolean correct) {}
