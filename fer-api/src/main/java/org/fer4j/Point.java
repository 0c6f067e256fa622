package org.fer4j;

/**
 * A point: in pixels of the frame unless it is said otherwise; see the package for the convention.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param x to the right, from the left edge
 * @param y down, from the top edge
 */
public record Point(float x, float y) {

  /**
   * Checks both coordinates.
   *
   * @throws IllegalArgumentException if one is not finite
   */
  public Point {
    if (!Float.isFinite(x) || !Float.isFinite(y)) {
      throw new IllegalArgumentException("expected finite coordinates, found " + x + ", " + y);
    }
  }

  /** Returns this point moved by a distance. */
  public Point plus(float dx, float dy) {
    return new Point(x + dx, y + dy);
  }
}
