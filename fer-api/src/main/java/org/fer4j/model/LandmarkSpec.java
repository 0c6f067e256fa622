package org.fer4j.model;

import org.fer4j.FaceMesh;

/**
 * How the outputs of a face mesh network are read, and what it wants to look at: the square around
 * the middle of a face's box, as wide as the box's longer side times a scale, turned so that the
 * eyes are level.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param points name of the output [batch, 3 x points]: x, y and z of each point in pixels of the
 *     input, z relative to the head
 * @param presence name of the output [batch, 1]: the logit of there being a face
 * @param count number of points, {@link FaceMesh#SIZE}
 * @param presenceThreshold the least presence that counts as a face, from 0 to 1
 * @param cropScale above 0
 */
public record LandmarkSpec(
    String points, String presence, int count, float presenceThreshold, float cropScale) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public LandmarkSpec {
    if (count != FaceMesh.SIZE) {
      throw new IllegalArgumentException(
          "expected %d landmarks, found %d".formatted(FaceMesh.SIZE, count));
    }
    if (!(presenceThreshold >= 0 && presenceThreshold <= 1)) {
      throw new IllegalArgumentException(
          "expected a presence threshold in [0, 1], found " + presenceThreshold);
    }
    if (!(cropScale > 0) || !Float.isFinite(cropScale)) {
      throw new IllegalArgumentException("expected a crop scale above 0, found " + cropScale);
    }
  }
}
