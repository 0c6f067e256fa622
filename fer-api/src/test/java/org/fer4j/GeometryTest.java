package org.fer4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeometryTest {

  private static final long SEED = 17;

  private static BoundingBox randomBox(Random random) {
    return new BoundingBox(
        random.nextFloat() * 100 - 50,
        random.nextFloat() * 100 - 50,
        0.001f + random.nextFloat() * 60,
        0.001f + random.nextFloat() * 60);
  }

  @Test
  void intersectionOverUnionIsSymmetricAndAFraction() {
    Random random = new Random(SEED);
    int apart = 0;
    int overlapping = 0;
    for (int i = 0; i < 10_000; i++) {
      BoundingBox a = randomBox(random);
      BoundingBox b = randomBox(random);
      float value = a.intersectionOverUnion(b);
      assertEquals(value, b.intersectionOverUnion(a));
      assertTrue(value >= 0 && value <= 1, () -> a + " " + b + " " + value);
      if (value > 0) {
        overlapping++;
      } else {
        apart++;
      }
      float same = a.intersectionOverUnion(a);
      // The right edge is x + width, a float of up to 110 and so rounded by up to 4e-6.
      double rounding = 1e-6 + 8e-6 / Math.min(a.width(), a.height());
      assertTrue(same >= 1 - rounding && same <= 1, () -> a + " " + same);
    }
    assertTrue(apart > 1000 && overlapping > 1000);
  }

  @Test
  void intersectionByHand() {
    BoundingBox a = new BoundingBox(0, 0, 4, 4);
    assertEquals(4, a.intersection(new BoundingBox(2, 2, 4, 4)));
    assertEquals(4f / 28, a.intersectionOverUnion(new BoundingBox(2, 2, 4, 4)));
    assertEquals(1, a.intersection(new BoundingBox(1, 1, 1, 1)));
    // Edges are exclusive: boxes side by side share nothing.
    assertEquals(0, a.intersection(new BoundingBox(4, 0, 4, 4)));
    assertEquals(0, a.intersectionOverUnion(new BoundingBox(0, 4, 4, 4)));
  }

  @Test
  void edgesOfABox() {
    BoundingBox box = new BoundingBox(1, 2, 10, 20).plus(0.5f, -0.5f);
    assertEquals(new BoundingBox(1.5f, 1.5f, 10, 20), box);
    assertEquals(11.5f, box.right());
    assertEquals(21.5f, box.bottom());
    assertEquals(6.5f, box.centerX());
    assertEquals(11.5f, box.centerY());
    assertEquals(200, box.area());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void numbersThatAreNotFiniteAreRefused(float bad) {
    assertRefused(() -> new BoundingBox(bad, 0, 1, 1));
    assertRefused(() -> new BoundingBox(0, bad, 1, 1));
    assertRefused(() -> new BoundingBox(0, 0, bad, 1));
    assertRefused(() -> new BoundingBox(0, 0, 1, bad));
    assertRefused(() -> new Point(bad, 0));
    assertRefused(() -> new Point(0, bad));
    assertRefused(() -> new RotatedSquare(bad, 0, 1, 0));
    assertRefused(() -> new RotatedSquare(0, bad, 1, 0));
    assertRefused(() -> new RotatedSquare(0, 0, bad, 0));
    assertRefused(() -> new RotatedSquare(0, 0, 1, bad));
    assertRefused(() -> Face.of(new BoundingBox(0, 0, 1, 1)).plus(bad, 0));
    assertRefused(() -> new Face(new BoundingBox(0, 0, 1, 1), bad, Landmarks.none()));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -0.0f, -1})
  void emptyShapesAreRefused(float size) {
    assertRefused(() -> new BoundingBox(0, 0, size, 1));
    assertRefused(() -> new BoundingBox(0, 0, 1, size));
    assertRefused(() -> new RotatedSquare(0, 0, size, 0));
  }

  @Test
  void scoresOfFacesAreFractions() {
    BoundingBox box = new BoundingBox(0, 0, 1, 1);
    assertEquals(1, Face.of(box).score());
    assertRefused(() -> new Face(box, -0.01f, Landmarks.none()));
    assertRefused(() -> new Face(box, 1.01f, Landmarks.none()));
  }

  private static void assertRefused(Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message != null && message.contains("expected "), message);
  }

  @Test
  void fromFrameUndoesToFrame() {
    Random random = new Random(SEED);
    for (int i = 0; i < 1000; i++) {
      RotatedSquare square = randomSquare(random);
      float u = random.nextFloat() * 3 - 1;
      float v = random.nextFloat() * 3 - 1;
      Point there = square.toFrame(u, v);
      Point back = square.fromFrame(there.x(), there.y());
      // A position of up to 1000 pixels is a float of 3e-5 pixels; the side is at least 10.
      assertEquals(u, back.x(), 2e-5, square::toString);
      assertEquals(v, back.y(), 2e-5, square::toString);
    }
  }

  static RotatedSquare randomSquare(Random random) {
    return new RotatedSquare(
        random.nextFloat() * 600 - 100,
        random.nextFloat() * 600 - 100,
        10 + random.nextFloat() * 200,
        random.nextFloat() * 720 - 360);
  }

  @Test
  void toFrameByHand() {
    RotatedSquare square = new RotatedSquare(10, 20, 8, 90);
    // Turned clockwise by a quarter: its top left corner lies at the top right.
    assertPoint(14, 16, square.toFrame(0, 0));
    assertPoint(14, 24, square.toFrame(1, 0));
    assertPoint(6, 24, square.toFrame(1, 1));
    assertPoint(10, 20, square.toFrame(0.5f, 0.5f));
    assertPoint(11, 22, square.plus(1, 2).toFrame(0.5f, 0.5f));
  }

  /** The first pixel of the upright picture lies in the corner that the rotation says. */
  @Test
  void squareAroundAFrameIsUpright() {
    Frame frame = Frame.of(new byte[12 * 8], PixelFormat.GRAY8, 12, 8);
    assertEquals(new RotatedSquare(6, 4, 12, 0), RotatedSquare.around(frame));
    assertPoint(0, -2, RotatedSquare.around(frame).toFrame(0, 0));
    assertPoint(0, 10, RotatedSquare.around(frame.withRotationDegrees(90)).toFrame(0, 0));
    assertPoint(12, 10, RotatedSquare.around(frame.withRotationDegrees(180)).toFrame(0, 0));
    assertPoint(12, -2, RotatedSquare.around(frame.withRotationDegrees(270)).toFrame(0, 0));
    assertEquals(RotatedSquare.around(frame), FaceCrop.whole(frame).square());
  }

  private static void assertPoint(float x, float y, Point found) {
    assertEquals(x, found.x(), 1e-5, found::toString);
    assertEquals(y, found.y(), 1e-5, found::toString);
  }
}
