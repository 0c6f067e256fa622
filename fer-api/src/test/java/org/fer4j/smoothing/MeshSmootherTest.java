package org.fer4j.smoothing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.fer4j.BoundingBox;
import org.fer4j.FaceMesh;
import org.junit.jupiter.api.Test;

class MeshSmootherTest {

  private static final long FRAME = 33_333_333;
  private static final float SIDE = 120;

  /** So much a point of the mesh trembles on a still face. */
  private static final double NOISE = 0.002 * SIDE;

  private final MeshSmoother smoother =
      new MeshSmoother(SmoothingOptions.defaults(), new BoundingBox(0, 0, SIDE, SIDE));
  private final Random random = new Random(5);

  private FaceMesh mesh(double x, double noise) {
    float[] coordinates = new float[3 * FaceMesh.SIZE];
    for (int i = 0; i < coordinates.length; i++) {
      coordinates[i] = (float) (x + noise * random.nextGaussian());
    }
    return FaceMesh.of(0.875f, coordinates);
  }

  @Test
  void stillPointsTrembleLess() {
    FaceMesh before = mesh(300, NOISE);
    FaceMesh rawBefore = before;
    double jumps = 0;
    double rawJumps = 0;
    for (int i = 0; i < 60; i++) {
      FaceMesh raw = mesh(300, NOISE);
      FaceMesh shown = smoother.smooth(raw, i * FRAME);
      assertEquals(0.875f, shown.presence());
      for (int p = 0; p < FaceMesh.SIZE && i > 10; p++) {
        jumps += Math.abs(shown.x(p) - before.x(p)) + Math.abs(shown.z(p) - before.z(p));
        rawJumps += Math.abs(raw.x(p) - rawBefore.x(p)) + Math.abs(raw.z(p) - rawBefore.z(p));
      }
      before = shown;
      rawBefore = raw;
    }
    assertTrue(jumps < 0.4 * rawJumps, jumps / rawJumps + " of the jumps are left");
  }

  /** A lid goes down by a twentieth of a side in 100 ms, and up again. */
  @Test
  void blinksAreSeen() {
    double depth = 0.05 * SIDE;
    double deepest = 0;
    for (int i = 0; i < 40; i++) {
      double time = (i - 20) * FRAME / 1e8;
      double lid = depth * Math.max(0, 1 - Math.abs(time));
      FaceMesh shown = smoother.smooth(mesh(100 + lid, 0), i * FRAME);
      deepest = Math.max(deepest, shown.y(159) - 100);
    }
    assertTrue(deepest > 0.75 * depth, deepest / depth + " of the blink is seen");
  }

  @Test
  void sameMomentChangesNothing() {
    FaceMesh first = mesh(100, NOISE);
    FaceMesh other = mesh(140, NOISE);
    assertSame(first, smoother.smooth(first, 5));
    assertSame(other, smoother.smooth(other, 5));
    smoother.reset();
    assertSame(other, smoother.smooth(other, 6));
  }
}
