package org.fer4j.training;

/** Products in loops that the virtual machine makes vector instructions of. */
final class Matrices {

  private Matrices() {}

  /**
   * Adds a row times a matrix.
   *
   * @param row one value for each row of the matrix
   * @param matrix row by row, each as long as the sum
   */
  static void addProduct(float[] row, float[] matrix, float[] sum) {
    for (int i = 0; i < row.length; i++) {
      float factor = row[i];
      int offset = i * sum.length;
      for (int k = 0; k < sum.length; k++) {
        sum[k] += factor * matrix[offset + k];
      }
    }
  }

  static float squaredLength(float[] row) {
    float sum = 0;
    for (float value : row) {
      sum += value * value;
    }
    return sum;
  }
}
