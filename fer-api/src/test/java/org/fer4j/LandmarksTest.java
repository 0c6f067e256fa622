package org.fer4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LandmarksTest {

  private static final LandmarkLayout EYES = new LandmarkLayout(List.of("right_eye", "left_eye"));

  @Test
  void pointsByIndexAndName() {
    Landmarks eyes = Landmarks.of(EYES, 1, 2, 3, 4);
    assertEquals(2, eyes.size());
    assertEquals(3, eyes.x(1));
    assertEquals(4, eyes.y(1));
    assertEquals(new Point(1, 2), eyes.point("right_eye").orElseThrow());
    assertTrue(eyes.point("mouth").isEmpty());
    assertTrue(Landmarks.none().point("right_eye").isEmpty());
    assertThrows(IndexOutOfBoundsException.class, () -> eyes.x(2));
    assertEquals("{right_eye=(1.0, 2.0), left_eye=(3.0, 4.0)}", eyes.toString());
  }

  @Test
  void movedByADistance() {
    assertEquals(Landmarks.of(EYES, 11, 1, 13, 3), Landmarks.of(EYES, 1, 2, 3, 4).plus(10, -1));
  }

  @Test
  void coordinatesAreCopiedAndChecked() {
    float[] coordinates = {1, 2, 3, 4};
    Landmarks eyes = Landmarks.of(EYES, coordinates);
    coordinates[0] = 100;
    assertEquals(1, eyes.x(0));
    assertEquals(
        "expected 4 coordinates for 2 landmarks, found 3",
        assertThrows(IllegalArgumentException.class, () -> Landmarks.of(EYES, 1, 2, 3))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> Landmarks.of(EYES, 1, 2, 3, Float.NaN));
  }

  @Test
  void equalityCoversLayoutAndCoordinates() {
    Landmarks eyes = Landmarks.of(EYES, 1, 2, 3, 4);
    assertEquals(eyes, Landmarks.of(new LandmarkLayout(EYES.names()), 1, 2, 3, 4));
    assertEquals(eyes.hashCode(), Landmarks.of(EYES, 1, 2, 3, 4).hashCode());
    assertNotEquals(eyes, Landmarks.of(EYES, 1, 2, 3, 5));
    assertNotEquals(
        eyes, Landmarks.of(new LandmarkLayout(List.of("right_ear", "left_ear")), 1, 2, 3, 4));
  }

  @Test
  void layoutsHaveDifferentNames() {
    List<String> names = new ArrayList<>(List.of("a", "b"));
    LandmarkLayout layout = new LandmarkLayout(names);
    names.set(0, "c");
    assertEquals(List.of("a", "b"), layout.names());
    assertEquals(
        "expected different landmark names, found [a, a]",
        assertThrows(IllegalArgumentException.class, () -> new LandmarkLayout(List.of("a", "a")))
            .getMessage());
  }
}
