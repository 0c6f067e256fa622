package org.fer4j.landmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fer4j.FaceMesh;
import org.fer4j.Landmarks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClassicalLandmarksTest {

  /** The order of a face seen in a mirror: which of the 68 points takes the place of which. */
  private static int mirrored(int i) {
    if (i <= 16) {
      return 16 - i;
    }
    if (i <= 26) {
      return 43 - i;
    }
    if (i <= 30) {
      return i;
    }
    if (i <= 35) {
      return 66 - i;
    }
    if (i <= 47) {
      int[] other = {45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40};
      return other[i - 36];
    }
    if (i <= 54) {
      return 102 - i;
    }
    if (i <= 59) {
      return 114 - i;
    }
    return i <= 64 ? 124 - i : 132 - i;
  }

  @Test
  void sixtyEightDifferentPoints() {
    Set<Integer> indices = new HashSet<>();
    for (int i = 0; i < 68; i++) {
      indices.add(ClassicalLandmarks.meshIndex(i));
    }
    assertEquals(68, indices.size());
    assertEquals(68, ClassicalLandmarks.LAYOUT.size());
    assertEquals("right_brow_0", ClassicalLandmarks.LAYOUT.names().get(17));
    assertEquals("inner_lips_7", ClassicalLandmarks.LAYOUT.names().get(67));
  }

  /** Points of the mesh and those on the other side, as the contours pair them. */
  private static Map<Integer, Integer> pairs() {
    Map<Integer, Integer> pairs = new HashMap<>();
    List<Integer> oval = FaceContour.OVAL.indices();
    for (int i = 0; i < oval.size(); i++) {
      pairs.put(oval.get(i), oval.get((oval.size() - i) % oval.size()));
    }
    for (FaceContour lips : List.of(FaceContour.OUTER_LIPS, FaceContour.INNER_LIPS)) {
      List<Integer> points = lips.indices();
      for (int i = 0; i < points.size(); i++) {
        pairs.put(points.get(i), points.get((30 - i) % points.size()));
      }
    }
    List<Integer> right = FaceContour.RIGHT_EYE.indices();
    List<Integer> left = FaceContour.LEFT_EYE.indices();
    for (int i = 0; i < right.size(); i++) {
      pairs.put(right.get(i), left.get((24 - i) % left.size()));
      pairs.put(left.get((24 - i) % left.size()), right.get(i));
    }
    for (int i = 0; i < 5; i++) {
      int brow = FaceContour.RIGHT_BROW.indices().get(i);
      int other = FaceContour.LEFT_BROW.indices().get(4 - i);
      pairs.put(brow, other);
      pairs.put(other, brow);
      pairs.put(FaceContour.NOSE_BASE.indices().get(i), FaceContour.NOSE_BASE.indices().get(4 - i));
    }
    FaceContour.NOSE_BRIDGE.indices().forEach(index -> pairs.put(index, index));
    return pairs;
  }

  /** Both halves of the face are divided the same way. */
  @Test
  void halvesAreMirrorImages() {
    Map<Integer, Integer> pairs = pairs();
    for (int i = 0; i < 68; i++) {
      assertEquals(
          pairs.get(ClassicalLandmarks.meshIndex(i)),
          ClassicalLandmarks.meshIndex(mirrored(i)),
          "point " + i);
    }
    // The contours' pairs are those of the canonical face, where both know the point.
    int known = 0;
    for (double[] pair : CanonicalFace.pairs()) {
      Integer other = pairs.get((int) pair[0]);
      if (other != null) {
        assertEquals((int) pair[1], other);
        known++;
      }
    }
    assertTrue(known >= 10, known + " pairs");
  }

  @ParameterizedTest
  @CsvSource({"8, 152", "30, 4", "36, 33", "39, 133", "42, 362", "45, 263", "48, 61", "54, 291"})
  void namedPoints(int classical, int mesh) {
    assertEquals(mesh, ClassicalLandmarks.meshIndex(classical));
    float[] coordinates = new float[3 * FaceMesh.SIZE];
    coordinates[3 * mesh] = 5;
    coordinates[3 * mesh + 1] = 6;
    Landmarks points = ClassicalLandmarks.of(FaceMesh.of(1, coordinates));
    assertEquals(5, points.x(classical));
    assertEquals(6, points.y(classical));
  }

  @ParameterizedTest
  @EnumSource(FaceContour.class)
  void contoursHaveNoPointTwice(FaceContour contour) {
    List<Integer> indices = contour.indices();
    assertEquals(indices.size(), new HashSet<>(indices).size());
    FaceMesh mesh = FaceMesh.of(1, new float[3 * FaceMesh.SIZE]);
    assertEquals(indices.size(), contour.of(mesh).size());
  }
}
