package org.fer4j;

/**
 * One face of a frame and its expression.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param face as it was detected, or as the caller named it
 * @param crop the square of the frame that the classifier looked at
 * @param scores of the eight expressions
 */
public record FaceResult(Face face, RotatedSquare crop, EmotionScores scores) {}
