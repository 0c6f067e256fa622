package org.fer4j;

import java.util.Optional;

/**
 * One face of a frame and its expression.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param face as it was detected, or as the caller named it
 * @param crop the square of the frame that the classifier looked at
 * @param scores of the eight expressions
 * @param mesh the face's 468 points; empty unless {@link FramePipeline.Builder#landmarks()} asked
 *     for them, and where the landmark network sees no face
 */
public record FaceResult(
    Face face, RotatedSquare crop, EmotionScores scores, Optional<FaceMesh> mesh) {

  /** Makes a result without landmarks. */
  public FaceResult(Face face, RotatedSquare crop, EmotionScores scores) {
    this(face, crop, scores, Optional.empty());
  }
}
