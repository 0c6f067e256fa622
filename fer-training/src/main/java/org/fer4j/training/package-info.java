/**
 * Trains expression networks in Java and writes them as ONNX: {@link
 * org.fer4j.training.TrainingRecipe} says what to compute, {@link org.fer4j.training.Trainer}
 * computes it, {@link org.fer4j.training.RunFolder} holds its files.
 */
@NullMarked
package org.fer4j.training;

import org.jspecify.annotations.NullMarked;
