package org.fer4j.landmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fer4j.FaceMesh;

/**
 * The shape of a face that looks straight ahead, and how a mesh is turned against it.
 *
 * <p>The shape is the median of the meshes of 1,907 faces of FER+'s training images that look at
 * the camera, and of their mirror images, brought onto one another by similarity transforms
 * (generalised Procrustes analysis); {@code tools/measure_canonical_face.py} measures it. These are
 * points that expressions hardly move, in distances of the eyes' outer corners, between which lies
 * the origin.
 */
final class CanonicalFace {

  /** Point of the right half, its mirror image in the left half, and x, y, z of the former. */
  private static final double[][] PAIRS = {
    {1, 1, 0, 0.460, -0.422},
    {4, 4, 0, 0.393, -0.449},
    {5, 5, 0, 0.300, -0.429},
    {6, 6, 0, 0.065, -0.273},
    {8, 8, 0, -0.115, -0.241},
    {9, 9, 0, -0.207, -0.261},
    {10, 10, 0, -0.549, -0.220},
    {21, 251, -0.707, -0.268, 0.260},
    {33, 263, -0.500, 0.000, 0.000},
    {54, 284, -0.648, -0.377, 0.124},
    {67, 297, -0.389, -0.519, -0.134},
    {103, 332, -0.548, -0.463, -0.014},
    {109, 338, -0.213, -0.544, -0.203},
    {111, 340, -0.614, 0.127, 0.066},
    {116, 345, -0.681, 0.165, 0.142},
    {127, 356, -0.743, -0.001, 0.525},
    {133, 362, -0.195, 0.026, -0.056},
    {139, 368, -0.700, -0.106, 0.233},
    {143, 372, -0.672, 0.036, 0.153},
    {151, 151, 0, -0.378, -0.247},
    {162, 389, -0.737, -0.150, 0.405},
    {168, 168, 0, -0.029, -0.233},
    {195, 195, 0, 0.220, -0.374},
    {197, 197, 0, 0.146, -0.322}
  };

  /** A point of the mesh and its x, y, z, for both halves. */
  private static final double[][] POINTS = points();

  /** After so many squarings all but the largest eigenvalue are gone, however close they are. */
  private static final int SQUARINGS = 10;

  private CanonicalFace() {}

  /** Returns a row for each point: its index in a mesh, and x, y, z. */
  static double[][] points() {
    List<double[]> points = new ArrayList<>();
    for (double[] pair : PAIRS) {
      points.add(new double[] {pair[0], pair[2], pair[3], pair[4]});
      if (pair[0] != pair[1]) {
        points.add(new double[] {pair[1], -pair[2], pair[3], pair[4]});
      }
    }
    return points.toArray(double[][]::new);
  }

  /** Returns a row for each point of the right half: its index, and that of its mirror image. */
  static double[][] pairs() {
    return Arrays.stream(PAIRS).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * Returns the rotation that brings the canonical face closest to a mesh, as rows of its matrix.
   *
   * <p>By quaternions: Horn, <i>Closed-form solution of absolute orientation using unit
   * quaternions</i>, 1987. The quaternion is the eigenvector with the largest eigenvalue of a
   * symmetric matrix of the sums of products of both shapes' coordinates.
   */
  static double[][] rotationTo(FaceMesh mesh) {
    return rotation(quaternion(products(mesh)));
  }

  /** Sums of a canonical coordinate (row) times one of the mesh (column), both from their means. */
  private static double[][] products(FaceMesh mesh) {
    double[][] sums = new double[3][3];
    double[] canonicalSum = new double[3];
    double[] meshSum = new double[3];
    for (double[] point : POINTS) {
      int index = (int) point[0];
      double[] found = {mesh.x(index), mesh.y(index), mesh.z(index)};
      for (int row = 0; row < 3; row++) {
        canonicalSum[row] += point[1 + row];
        meshSum[row] += found[row];
        for (int column = 0; column < 3; column++) {
          sums[row][column] += point[1 + row] * found[column];
        }
      }
    }
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        sums[row][column] -= canonicalSum[row] * meshSum[column] / POINTS.length;
      }
    }
    return sums;
  }

  private static double[] quaternion(double[][] s) {
    double trace = s[0][0] + s[1][1] + s[2][2];
    double[][] matrix = {
      {trace, s[1][2] - s[2][1], s[2][0] - s[0][2], s[0][1] - s[1][0]},
      {s[1][2] - s[2][1], 2 * s[0][0] - trace, s[0][1] + s[1][0], s[2][0] + s[0][2]},
      {s[2][0] - s[0][2], s[0][1] + s[1][0], 2 * s[1][1] - trace, s[1][2] + s[2][1]},
      {s[0][1] - s[1][0], s[2][0] + s[0][2], s[1][2] + s[2][1], 2 * s[2][2] - trace}
    };
    // Makes all eigenvalues positive, so that the largest is also the one of the largest modulus.
    double shift = norm(matrix);
    for (int i = 0; i < 4; i++) {
      matrix[i][i] += shift;
    }
    for (int i = 0; i < SQUARINGS; i++) {
      matrix = normalizedSquare(matrix);
    }
    // All columns are multiples of the eigenvector now.
    double[] longest = matrix[0];
    for (double[] row : matrix) {
      longest = length(row) > length(longest) ? row : longest;
    }
    double length = length(longest);
    return length > 0
        ? new double[] {
          longest[0] / length, longest[1] / length, longest[2] / length, longest[3] / length
        }
        : new double[] {1, 0, 0, 0};
  }

  private static double[][] normalizedSquare(double[][] matrix) {
    double[][] square = new double[4][4];
    double norm = norm(matrix);
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 4; column++) {
        for (int i = 0; i < 4; i++) {
          square[row][column] += norm == 0 ? 0 : matrix[row][i] / norm * (matrix[i][column] / norm);
        }
      }
    }
    return square;
  }

  private static double norm(double[][] matrix) {
    double sum = 0;
    for (double[] row : matrix) {
      sum += length(row) * length(row);
    }
    return Math.sqrt(sum);
  }

  private static double length(double[] row) {
    double sum = 0;
    for (double value : row) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private static double[][] rotation(double[] q) {
    double w = q[0];
    double x = q[1];
    double y = q[2];
    double z = q[3];
    return new double[][] {
      {w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y)},
      {2 * (x * y + w * z), w * w - x * x + y * y - z * z, 2 * (y * z - w * x)},
      {2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z}
    };
  }
}
