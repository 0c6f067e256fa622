package org.fer4j.opencv;

import org.fer4j.BoundingBox;

/**
 * How a detector's own box becomes one from brows to chin, which is what {@link org.fer4j.Face}
 * holds and what the crop rules of classifiers start from: that of BlazeFace. Each number is the
 * median over faces that both detectors found, in sizes of the detector's own box, the mean of its
 * width and height.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param shiftX how far the centre lies to the right of the own box's, in the upright picture
 * @param shiftY the same, down
 * @param width of the box
 * @param height of the box
 */
record BoxRule(float shiftX, float shiftY, float width, float height) {

  /** Returns this rule for a picture that was mirrored. */
  BoxRule mirrored() {
    return new BoxRule(-shiftX, shiftY, width, height);
  }

  /** Returns the frame's box for a detector's own one in a picture of it. */
  BoundingBox apply(Placement placement, float x, float y, float ownWidth, float ownHeight) {
    float size = (ownWidth + ownHeight) / 2;
    return placement.toFrame(
        x + ownWidth / 2 + shiftX * size,
        y + ownHeight / 2 + shiftY * size,
        width * size,
        height * size);
  }
}
