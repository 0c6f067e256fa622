package org.fer4j.training.quality;

/**
 * Figures of a grey square.
 *
 * @param brightness the mean grey value, 0 to 255
 * @param contrast the standard deviation of the grey values
 * @param sharpness the variance of the Laplacian for each unit of the grey values' own variance, so
 *     that a lack of contrast does not look like blur; 0 if there is no contrast
 */
record GreyStatistics(double brightness, double contrast, double sharpness) {

  /** Measures a square of {@link Fingerprint#SIDE}. */
  static GreyStatistics of(byte[] grey) {
    Moments values = new Moments();
    for (byte value : grey) {
      values.add(value & 0xff);
    }
    Moments laplacian = new Moments();
    int side = Fingerprint.SIDE;
    for (int y = 1; y < side - 1; y++) {
      for (int x = 1; x < side - 1; x++) {
        int i = y * side + x;
        laplacian.add(
            (grey[i - 1] & 0xff)
                + (grey[i + 1] & 0xff)
                + (grey[i - side] & 0xff)
                + (grey[i + side] & 0xff)
                - 4 * (grey[i] & 0xff));
      }
    }
    double variance = values.variance();
    return new GreyStatistics(
        values.mean(), Math.sqrt(variance), variance == 0 ? 0 : laplacian.variance() / variance);
  }

  private static final class Moments {
    private long count;
    private long sum;
    private long squares;

    void add(int value) {
      count++;
      sum += value;
      squares += (long) value * value;
    }

    double mean() {
      return (double) sum / count;
    }

    double variance() {
      return Math.max(0, (double) squares / count - mean() * mean());
    }
  }
}
