package org.fer4j.smoothing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.fer4j.BoundingBox;
import org.fer4j.Face;
import org.fer4j.LandmarkLayout;
import org.fer4j.Landmarks;
import org.junit.jupiter.api.Test;

class FaceSmootherTest {

  private static final long FRAME = 33_333_333;
  private static final double SIDE = 100;
  private static final double NOISE = 0.02 * SIDE;
  private static final LandmarkLayout NOSE = new LandmarkLayout(List.of("nose"));

  private final FaceSmoother smoother = new FaceSmoother(SmoothingOptions.defaults());
  private final Random random = new Random(5);

  private static Face face(double centerX, double side) {
    BoundingBox box =
        new BoundingBox(
            (float) (centerX - side / 2), (float) (200 - side / 2), (float) side, (float) side);
    return new Face(box, 0.8f, Landmarks.of(NOSE, (float) centerX, 210));
  }

  @Test
  void stillBoxTremblesLess() {
    double before = 0;
    double rawBefore = 0;
    double jumps = 0;
    double rawJumps = 0;
    for (int i = 0; i < 900; i++) {
      double raw = 300 + NOISE * random.nextGaussian();
      Face shown = smoother.smooth(face(raw, SIDE), i * FRAME);
      assertEquals(0.8f, shown.score());
      if (i > 30) {
        jumps += Math.abs(shown.box().centerX() - before);
        rawJumps += Math.abs(raw - rawBefore);
        assertEquals(300, shown.box().centerX(), 2 * NOISE);
        assertEquals(shown.box().centerX(), shown.keypoints().x(0), 0.01);
      }
      before = shown.box().centerX();
      rawBefore = raw;
    }
    assertTrue(jumps < 0.3 * rawJumps, jumps + " of " + rawJumps);
  }

  /** A face that crosses two of its sides in a second. */
  @Test
  void movingBoxHardlyLags() {
    double x = 0;
    Face shown = face(0, SIDE);
    for (int i = 0; i < 60; i++) {
      x = 2 * SIDE * i * FRAME / 1e9;
      shown = smoother.smooth(face(x, SIDE), i * FRAME);
    }
    double lag = x - shown.box().centerX();
    assertTrue(lag > 0 && lag < 0.06 * SIDE, lag + " pixels");
  }

  @Test
  void sameMomentChangesNothing() {
    Face first = face(100, SIDE);
    Face other = face(140, SIDE);
    assertSame(first, smoother.smooth(first, 5));
    assertSame(other, smoother.smooth(other, 5));
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> smoother.smooth(Face.of(first.box()), 6));
    assertEquals(
        "expected 1 keypoints as before, found 0: a smoother is for one face", e.getMessage());
  }
}
