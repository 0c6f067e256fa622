package org.fer4j.training.quality;

/**
 * 64 bits of what a picture looks like: whether each of 8 x 8 fields is brighter than the one to
 * its right (the hash "dHash" of Krawetz, 2013). Light, contrast and compression change few bits.
 */
final class DifferenceHash {

  private static final int ROWS = 8;
  private static final int COLUMNS = 9;

  private DifferenceHash() {}

  /** Returns the hash of a square of {@link Fingerprint#SIDE}. */
  static long of(byte[] grey) {
    long hash = 0;
    for (int row = 0; row < ROWS; row++) {
      double left = mean(grey, row, 0);
      for (int column = 1; column < COLUMNS; column++) {
        double right = mean(grey, row, column);
        hash = hash << 1 | (left > right ? 1 : 0);
        left = right;
      }
    }
    return hash;
  }

  private static double mean(byte[] grey, int row, int column) {
    int side = Fingerprint.SIDE;
    int top = row * side / ROWS;
    int bottom = (row + 1) * side / ROWS;
    int left = column * side / COLUMNS;
    int right = (column + 1) * side / COLUMNS;
    int sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += grey[y * side + x] & 0xff;
      }
    }
    return (double) sum / ((bottom - top) * (right - left));
  }
}
