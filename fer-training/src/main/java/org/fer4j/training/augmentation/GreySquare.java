package org.fer4j.training.augmentation;

import java.util.random.RandomGenerator;

/**
 * A square grey image while it is varied.
 *
 * @param size of a side
 * @param values from 0 to 255, row by row, written to by whoever varies the image
 */
@SuppressWarnings("ArrayRecordComponent") // Scratch memory, compared by nobody.
record GreySquare(int size, float[] values) {

  float mean() {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return (float) (sum / values.length);
  }

  void set(int index, double value) {
    values[index] = (float) Math.max(0, Math.min(255, value));
  }

  void set(float[] all) {
    for (int i = 0; i < values.length; i++) {
      set(i, all[i]);
    }
  }

  /** Draws evenly from -largest to largest. */
  static double signed(RandomGenerator random, double largest) {
    return (2 * random.nextDouble() - 1) * largest;
  }

  /** Draws evenly between two numbers. */
  static double between(RandomGenerator random, double low, double high) {
    return low + random.nextDouble() * (high - low);
  }
}
