package org.fer4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaceMeshTest {

  private static float[] counting() {
    float[] coordinates = new float[3 * FaceMesh.SIZE];
    for (int i = 0; i < coordinates.length; i++) {
      coordinates[i] = i;
    }
    return coordinates;
  }

  @Test
  void holdsThreeCoordinatesForEachPoint() {
    float[] coordinates = counting();
    FaceMesh mesh = FaceMesh.of(0.75f, coordinates);
    coordinates[0] = -1;
    mesh.toArray()[0] = -1;
    assertEquals(0.75f, mesh.presence());
    assertEquals(0, mesh.x(0));
    assertEquals(1401, mesh.x(467));
    assertEquals(1402, mesh.y(467));
    assertEquals(1403, mesh.z(467));
    assertEquals(new Point(3, 4), mesh.point(1));
    assertEquals(3 * Math.sqrt(3), mesh.distance(0, 1), 1e-6);
    assertThrows(IndexOutOfBoundsException.class, () -> mesh.x(468));
    assertThrows(IndexOutOfBoundsException.class, () -> mesh.z(-1));
  }

  @Test
  void movesInTheFrameOnly() {
    FaceMesh moved = FaceMesh.of(1, counting()).plus(10, 20);
    assertEquals(new Point(13, 24), moved.point(1));
    assertEquals(5, moved.z(1));
  }

  @Test
  void equalityIsExact() {
    FaceMesh mesh = FaceMesh.of(0.5f, counting());
    assertEquals(mesh, FaceMesh.of(0.5f, counting()));
    assertEquals(mesh.hashCode(), FaceMesh.of(0.5f, counting()).hashCode());
    assertNotEquals(mesh, FaceMesh.of(0.6f, counting()));
    assertNotEquals(mesh, mesh.plus(0, 1e-3f));
    assertEquals("FaceMesh[presence=0.5, 468 points, first (0.0, 1.0, 2.0)]", mesh.toString());
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, 1.1f, Float.NaN})
  void presenceIsAProbability(float presence) {
    assertEquals(
        "expected a presence in [0, 1], found " + presence,
        assertThrows(IllegalArgumentException.class, () -> FaceMesh.of(presence, counting()))
            .getMessage());
  }

  @Test
  void wrongCoordinatesAreNamed() {
    assertEquals(
        "expected 1404 coordinates for 468 points, found 2",
        assertThrows(IllegalArgumentException.class, () -> FaceMesh.of(1, 1, 2)).getMessage());
    float[] coordinates = counting();
    coordinates[1403] = Float.POSITIVE_INFINITY;
    assertEquals(
        "expected finite coordinates, found Infinity",
        assertThrows(IllegalArgumentException.class, () -> FaceMesh.of(1, coordinates))
            .getMessage());
  }
}
