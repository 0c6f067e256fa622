package org.fer4j;

/**
 * A face as a detector found it, or as the caller names it.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param box around the face from brows to chin, in pixels of the frame
 * @param score how sure the detector is, from 0 to 1; 1 for a caller's own box
 * @param keypoints the detector's points; {@link Landmarks#none()} if it gives none
 */
public record Face(BoundingBox box, float score, Landmarks keypoints) {

  /**
   * Checks the score.
   *
   * @throws IllegalArgumentException if the score is not from 0 to 1
   */
  public Face {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("expected a score in [0, 1], found " + score);
    }
  }

  /** Returns a face of which the caller knows only the box. */
  public static Face of(BoundingBox box) {
    return new Face(box, 1, Landmarks.none());
  }

  /** Returns this face moved by a distance. */
  public Face plus(float dx, float dy) {
    return new Face(box.plus(dx, dy), score, keypoints.plus(dx, dy));
  }
}
