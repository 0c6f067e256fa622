package org.fer4j.image;

import org.fer4j.RotatedSquare;

/**
 * Where samples lie in a frame: a grid, turned with a square. Positions are fixed-point numbers of
 * {@value #FIXED_BITS} bits; columns and rows are those of a network's input, and each has several
 * samples.
 *
 * <p>Confined to one thread.
 */
final class SampleGrid {

  static final int FIXED_BITS = 16;

  private static final double FIXED_ONE = 1 << FIXED_BITS;

  /**
   * Makes integers of the pixels' centres, so that the rest is the weight of the next pixel, which
   * is rounded to 256ths.
   */
  private static final long TO_PIXEL_CENTER = (1L << (FIXED_BITS - 1)) - (1L << (FIXED_BITS - 9));

  /** In pixels: far less than what would overflow. */
  private static final float LARGEST_SIDE = 1 << 24;

  /** From one sample to the next; down a column of samples it is -dy and dx. */
  long dx;

  long dy;

  /** The middle of the grid, in pixels. */
  double centerX;

  double centerY;

  /** How far the grid's corners are from the middle across, and as far down, in pixels. */
  double reach;

  private int taps;
  private double stepX;
  private double stepY;
  private double firstX;
  private double firstY;
  private long shift;

  /** What the samples of one value of the input cover, relative to the first of them. */
  private long left;

  private long right;
  private long above;
  private long below;

  /** The part of the frame that is read without looking for its edges. */
  private long endX;

  private long endY;

  /**
   * Lays the grid over a square.
   *
   * @param size of the input
   * @param taps samples each way for one value of the input
   * @param neighbours whether the next pixels to the right and down belong to a sample
   * @param width of what is read without looking for its edges, in pixels
   * @param height of the same
   */
  void place(RotatedSquare square, int size, int taps, boolean neighbours, int width, int height) {
    int count = size * taps;
    double angle = Math.toRadians(square.rotationDegrees());
    double step = (double) square.size() / count;
    this.taps = taps;
    stepX = Math.cos(angle) * step;
    stepY = Math.sin(angle) * step;
    dx = Math.round(stepX * FIXED_ONE);
    dy = Math.round(stepY * FIXED_ONE);
    double half = (count - 1) / 2.0;
    centerX = square.centerX();
    centerY = square.centerY();
    reach = count / 2.0 * (Math.abs(stepX) + Math.abs(stepY));
    firstX = centerX - half * stepX + half * stepY;
    firstY = centerY - half * stepY - half * stepX;
    shift = neighbours ? TO_PIXEL_CENTER : 0;
    long across = (taps - 1) * dx;
    long down = (taps - 1) * dy;
    long next = neighbours ? 1L << FIXED_BITS : 0;
    left = Math.min(0, across) + Math.min(0, -down);
    right = Math.max(0, across) + Math.max(0, -down) + next;
    above = Math.min(0, across) + Math.min(0, down);
    below = Math.max(0, across) + Math.max(0, down) + next;
    boolean bounded = square.size() <= LARGEST_SIDE;
    endX = bounded ? (long) width << FIXED_BITS : 0;
    endY = bounded ? (long) height << FIXED_BITS : 0;
  }

  /** Returns where the first sample of a row of samples lies. */
  long x(int sampleRow) {
    return Math.round((firstX - sampleRow * stepY) * FIXED_ONE) - shift;
  }

  /** Returns where the first sample of a row of samples lies. */
  long y(int sampleRow) {
    return Math.round((firstY + sampleRow * stepX) * FIXED_ONE) - shift;
  }

  /** Tells whether the grid is parallel to the frame's edges, and not turned by a quarter. */
  boolean isUpright() {
    return dy == 0;
  }

  /**
   * Tells whether samples are less than two pixels apart, so that they skip little of the frame.
   */
  boolean isDense() {
    return stepX * stepX + stepY * stepY < 2 * 2;
  }

  /** Returns the first column from a position on whose samples are all inside; or the end. */
  int firstInside(long x, long y, int end) {
    int column = 0;
    while (column < end && !isInside(column, x, y)) {
      column++;
    }
    return column;
  }

  /** Returns the end of the columns whose samples are all inside: those are without gaps. */
  int endInside(long x, long y, int begin, int end) {
    int column = end;
    while (column > begin && !isInside(column - 1, x, y)) {
      column--;
    }
    return column;
  }

  private boolean isInside(int column, long rowX, long rowY) {
    long x = rowX + (long) column * taps * dx;
    long y = rowY + (long) column * taps * dy;
    return x + left >= 0 && x + right < endX && y + above >= 0 && y + below < endY;
  }
}
