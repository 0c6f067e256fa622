package org.fer4j;

/**
 * A square of the frame, possibly turned: the one shape in which pixels reach a network. Where a
 * detector looks and how a face is cut out are both told by it; it may reach beyond the frame.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param centerX in pixels of the frame
 * @param centerY in pixels of the frame
 * @param size length of a side in pixels, above 0
 * @param rotationDegrees how far the square is turned clockwise; at 0 its top is parallel to the
 *     frame's
 */
public record RotatedSquare(float centerX, float centerY, float size, float rotationDegrees) {

  /**
   * Checks all four numbers.
   *
   * @throws IllegalArgumentException if one is not finite or the size is not above 0
   */
  public RotatedSquare {
    if (!Float.isFinite(centerX) || !Float.isFinite(centerY) || !Float.isFinite(rotationDegrees)) {
      throw new IllegalArgumentException(
          "expected a finite centre and rotation, found (%s, %s) and %s degrees"
              .formatted(centerX, centerY, rotationDegrees));
    }
    if (!(size > 0) || !Float.isFinite(size)) {
      throw new IllegalArgumentException("expected a size above 0, found " + size);
    }
  }

  /**
   * Returns the smallest square around a whole frame, turned so that the picture in it is upright:
   * what is called a letterbox.
   */
  public static RotatedSquare around(Frame frame) {
    return new RotatedSquare(
        frame.width() / 2f,
        frame.height() / 2f,
        Math.max(frame.width(), frame.height()),
        -frame.rotationDegrees());
  }

  /**
   * Returns the point of the frame for a point of the square.
   *
   * @param u from the square's left edge (0) to its right edge (1)
   * @param v from the square's top edge (0) to its bottom edge (1)
   */
  public Point toFrame(float u, float v) {
    double angle = Math.toRadians(rotationDegrees);
    double dx = (u - 0.5) * size;
    double dy = (v - 0.5) * size;
    return new Point(
        (float) (centerX + dx * Math.cos(angle) - dy * Math.sin(angle)),
        (float) (centerY + dx * Math.sin(angle) + dy * Math.cos(angle)));
  }

  /** Returns the point of the square, as u and v of {@link #toFrame}, for a point of the frame. */
  public Point fromFrame(float x, float y) {
    double angle = Math.toRadians(rotationDegrees);
    double dx = x - centerX;
    double dy = y - centerY;
    return new Point(
        (float) (0.5 + (dx * Math.cos(angle) + dy * Math.sin(angle)) / size),
        (float) (0.5 + (dy * Math.cos(angle) - dx * Math.sin(angle)) / size));
  }

  /** Returns this square moved by a distance. */
  public RotatedSquare plus(float dx, float dy) {
    return new RotatedSquare(centerX + dx, centerY + dy, size, rotationDegrees);
  }
}
