package org.fer4j;

import java.util.Map;

/**
 * How a classifier wants faces cut: measured on the crops that it was trained on and kept in its
 * manifest, so that a live face is framed like a training face.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param template where named keypoints lie in a crop: u and v from 0 (left, top) to 1 (right,
 *     bottom); used for faces that have at least two of them
 * @param boxShiftX for faces with a box only: how far the crop's centre lies to the right of the
 *     box's, in sizes of the box (the mean of its width and height)
 * @param boxShiftY the same, down
 * @param boxScale the crop's side in sizes of the box, above 0
 */
public record CropRule(
    Map<String, Point> template, float boxShiftX, float boxShiftY, float boxScale) {

  /**
   * Copies the template and checks the numbers.
   *
   * @throws IllegalArgumentException if a number is not finite or the scale not above 0
   */
  public CropRule {
    template = Map.copyOf(template);
    if (!Float.isFinite(boxShiftX) || !Float.isFinite(boxShiftY)) {
      throw new IllegalArgumentException(
          "expected finite shifts of the box, found " + boxShiftX + ", " + boxShiftY);
    }
    if (!(boxScale > 0) || !Float.isFinite(boxScale)) {
      throw new IllegalArgumentException("expected a box scale above 0, found " + boxScale);
    }
  }
}
