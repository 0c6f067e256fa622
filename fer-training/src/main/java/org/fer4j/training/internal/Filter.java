package org.fer4j.training.internal;

/**
 * What makes a line of values from another one, each from its neighbours; images are filtered
 * across, then down.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Filter {

  /** Where a Gaussian is cut off, in standard deviations: less than 0.3 % is lost. */
  private static final double GAUSSIAN_REACH = 3;

  private final int length;
  private final int[] firsts;
  private final float[][] weights;

  /** How much a neighbour at some distance counts. */
  @FunctionalInterface
  private interface Kernel {
    double weight(double distance);
  }

  /** Neighbours beyond the ends don't count. */
  private Filter(int length, int newLength, double reach, Kernel kernel) {
    this.length = length;
    firsts = new int[newLength];
    weights = new float[newLength][];
    for (int i = 0; i < newLength; i++) {
      double center = (i + 0.5) * length / newLength - 0.5;
      firsts[i] = Math.max(0, (int) Math.ceil(center - reach));
      int last = Math.min(length - 1, (int) Math.floor(center + reach));
      weights[i] = new float[last - firsts[i] + 1];
      double sum = 0;
      for (int k = 0; k < weights[i].length; k++) {
        weights[i][k] = (float) kernel.weight(Math.abs(firsts[i] + k - center));
        sum += weights[i][k];
      }
      for (int k = 0; k < weights[i].length; k++) {
        weights[i][k] /= (float) sum;
      }
    }
  }

  /**
   * Returns a Gaussian that keeps the length.
   *
   * @param sigma its standard deviation in values, above 0
   */
  public static Filter gaussian(int length, double sigma) {
    return new Filter(
        length,
        length,
        GAUSSIAN_REACH * sigma,
        distance -> Math.exp(-distance * distance / (2 * sigma * sigma)));
  }

  /** Returns linear interpolation that, where it shortens, averages over all values. */
  public static Filter linear(int length, int newLength) {
    double reach = Math.max(1, (double) length / newLength);
    return new Filter(length, newLength, reach, distance -> 1 - distance / reach);
  }

  /** Returns how many values come out. */
  public int newLength() {
    return firsts.length;
  }

  /**
   * Filters an image.
   *
   * @param values row by row, as many to a pixel as there are channels
   */
  public static float[] apply(float[] values, int channels, Filter across, Filter down) {
    int row = across.newLength() * channels;
    float[] rows = new float[down.length * row];
    for (int y = 0; y < down.length; y++) {
      for (int i = 0; i < row; i++) {
        int first = (y * across.length + across.firsts[i / channels]) * channels + i % channels;
        rows[y * row + i] = sum(values, first, channels, across.weights[i / channels]);
      }
    }
    float[] filtered = new float[down.newLength() * row];
    for (int y = 0; y < down.newLength(); y++) {
      for (int i = 0; i < row; i++) {
        filtered[y * row + i] = sum(rows, down.firsts[y] * row + i, row, down.weights[y]);
      }
    }
    return filtered;
  }

  private static float sum(float[] values, int first, int step, float[] weights) {
    float sum = 0;
    int at = first;
    for (float weight : weights) {
      sum += weight * values[at];
      at += step;
    }
    return sum;
  }
}
