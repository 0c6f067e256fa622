package org.fer4j.landmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.fer4j.FaceMesh;
import org.junit.jupiter.api.Test;

class FaceOpennessTest {

  private final float[] coordinates = new float[3 * FaceMesh.SIZE];

  private void put(int classical, double x, double y, double z) {
    int first = 3 * ClassicalLandmarks.meshIndex(classical);
    coordinates[first] = (float) x;
    coordinates[first + 1] = (float) y;
    coordinates[first + 2] = (float) z;
  }

  /** Puts an eye whose lids are apart by two heights where the formula looks. */
  private void putEye(int first, double width, double one, double other) {
    put(first, 0, 0, 0);
    put(first + 1, width / 3, -one / 2, 0);
    put(first + 2, width * 2 / 3, -other / 2, 0);
    put(first + 3, width, 0, 0);
    put(first + 4, width * 2 / 3, other / 2, 0);
    put(first + 5, width / 3, one / 2, 0);
  }

  @Test
  void heightInWidths() {
    putEye(36, 30, 10, 8);
    // Turned in depth: a width of 30 that looks like 24.
    put(42, 0, 0, 0);
    put(43, 8, -2, 6);
    put(44, 16, -2, 12);
    put(45, 24, 0, 18);
    put(46, 16, 2, 12);
    put(47, 8, 2, 6);
    double[] heights = {6, 12, 9};
    put(60, 0, 0, 0);
    put(64, 45, 0, 0);
    for (int i = 0; i < 3; i++) {
      put(61 + i, 10 + 12 * i, -heights[i] / 2, 0);
      put(67 - i, 10 + 12 * i, heights[i] / 2, 0);
    }
    FaceOpenness openness = FaceOpenness.of(FaceMesh.of(1, coordinates));
    assertEquals(9 / 30f, openness.rightEye(), 1e-6f);
    assertEquals(4 / 30f, openness.leftEye(), 1e-6f);
    assertEquals(9 / 45f, openness.mouth(), 1e-6f);
  }

  @Test
  void pointsInOnePlaceAreShut() {
    assertEquals(new FaceOpenness(0, 0, 0), FaceOpenness.of(FaceMesh.of(1, coordinates)));
  }
}
