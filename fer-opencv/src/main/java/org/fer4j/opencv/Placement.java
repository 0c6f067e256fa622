package org.fer4j.opencv;

import org.fer4j.BoundingBox;
import org.fer4j.Frame;
import org.fer4j.Point;
import org.fer4j.RotatedSquare;

/**
 * Where a frame lies in a square picture of another size: upright, its corner in the picture's top
 * left corner, and nothing in the rest.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param size side of the picture, in pixels
 * @param scale pixels of the picture for one of the frame
 * @param square what the picture shows of the frame and around it
 * @param width of the part of the picture that shows the frame, in pixels, at least 1
 * @param height of that part
 */
record Placement(int size, float scale, RotatedSquare square, int width, int height) {

  /**
   * Places a frame.
   *
   * @param largestScale is used unless the frame would not fit
   */
  static Placement of(Frame frame, int size, float largestScale) {
    float scale = Math.min(largestScale, (float) size / Math.max(frame.width(), frame.height()));
    float side = size / scale;
    boolean lying = frame.rotationDegrees() % 180 != 0;
    int width = lying ? frame.height() : frame.width();
    int height = lying ? frame.width() : frame.height();
    RotatedSquare centered =
        new RotatedSquare(frame.width() / 2f, frame.height() / 2f, side, -frame.rotationDegrees());
    Point center = centered.toFrame(1 - width / side / 2, 1 - height / side / 2);
    return new Placement(
        size,
        scale,
        new RotatedSquare(center.x(), center.y(), side, -frame.rotationDegrees()),
        pixels(width * scale, size),
        pixels(height * scale, size));
  }

  private static int pixels(float length, int most) {
    return Math.min(most, Math.max(1, Math.round(length)));
  }

  /** Returns the point of the frame for a point of the picture. */
  Point toFrame(float x, float y) {
    return square.toFrame(x / size, y / size);
  }

  /** Returns the box of the frame for one of the picture, told by its centre and size. */
  BoundingBox toFrame(float centerX, float centerY, float boxWidth, float boxHeight) {
    Point center = toFrame(centerX, centerY);
    boolean lying = Math.round(square.rotationDegrees()) % 180 != 0;
    float frameWidth = (lying ? boxHeight : boxWidth) / scale;
    float frameHeight = (lying ? boxWidth : boxHeight) / scale;
    return new BoundingBox(
        center.x() - frameWidth / 2, center.y() - frameHeight / 2, frameWidth, frameHeight);
  }
}
