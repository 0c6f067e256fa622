package org.fer4j;

/**
 * An upright rectangle in pixels of the frame; it may reach beyond the frame's edges.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param x left edge
 * @param y top edge
 * @param width above 0; the right edge, x + width, is exclusive
 * @param height above 0; the bottom edge, y + height, is exclusive
 */
public record BoundingBox(float x, float y, float width, float height) {

  /**
   * Checks all four numbers.
   *
   * @throws IllegalArgumentException if one is not finite, or the width or height not above 0
   */
  public BoundingBox {
    if (!Float.isFinite(x) || !Float.isFinite(y)) {
      throw new IllegalArgumentException("expected a finite corner, found " + x + ", " + y);
    }
    if (!(width > 0 && height > 0) || !Float.isFinite(width) || !Float.isFinite(height)) {
      throw new IllegalArgumentException(
          "expected a width and height above 0, found %s x %s".formatted(width, height));
    }
  }

  /** Returns the exclusive right edge. */
  public float right() {
    return x + width;
  }

  /** Returns the exclusive bottom edge. */
  public float bottom() {
    return y + height;
  }

  /** Returns the horizontal middle. */
  public float centerX() {
    return x + width / 2;
  }

  /** Returns the vertical middle. */
  public float centerY() {
    return y + height / 2;
  }

  /** Returns width times height, in square pixels. */
  public float area() {
    return width * height;
  }

  /** Returns the area that both boxes cover, in square pixels. */
  public float intersection(BoundingBox other) {
    float w = Math.min(right(), other.right()) - Math.max(x, other.x);
    float h = Math.min(bottom(), other.bottom()) - Math.max(y, other.y);
    return w > 0 && h > 0 ? w * h : 0;
  }

  /** Returns the intersection over union, from 0 (apart) to 1 (equal). */
  public float intersectionOverUnion(BoundingBox other) {
    // Rounded edges can make the intersection a little larger than the smaller box.
    float common = Math.min(intersection(other), Math.min(area(), other.area()));
    return common / (area() + other.area() - common);
  }

  /** Returns this box moved by a distance. */
  public BoundingBox plus(float dx, float dy) {
    return new BoundingBox(x + dx, y + dy, width, height);
  }
}
