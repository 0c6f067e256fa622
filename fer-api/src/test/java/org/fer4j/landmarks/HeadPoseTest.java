package org.fer4j.landmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.fer4j.FaceMesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mesh is made of the canonical face, turned by a known way, as far as the pose looks at it. */
class HeadPoseTest {

  private static final float TOLERANCE = 0.05f;

  /**
   * Nods, then turns, then tilts the canonical face; each step is written as what it does to a face
   * that looks at the camera, with x to the right, y down and z away.
   */
  private static FaceMesh turned(double yaw, double pitch, double roll, double noise) {
    Random random = new Random(3);
    float[] coordinates = new float[3 * FaceMesh.SIZE];
    for (double[] point : CanonicalFace.points()) {
      double[] p = {point[1], point[2], point[3]};
      // The nose, at negative z, goes up: to negative y.
      rotate(p, 1, 2, -pitch);
      // The nose goes to the right of the picture: to positive x.
      rotate(p, 2, 0, -yaw);
      // The top of the head, at negative y, goes to the right of the picture.
      rotate(p, 0, 1, roll);
      int first = 3 * (int) point[0];
      coordinates[first] = (float) (300 + 80 * p[0] + noise * random.nextGaussian());
      coordinates[first + 1] = (float) (200 + 80 * p[1] + noise * random.nextGaussian());
      coordinates[first + 2] = (float) (-30 + 80 * p[2] + noise * random.nextGaussian());
    }
    return FaceMesh.of(1, coordinates);
  }

  /** Turns from one axis to the other. */
  private static void rotate(double[] p, int from, int to, double degrees) {
    double cos = Math.cos(Math.toRadians(degrees));
    double sin = Math.sin(Math.toRadians(degrees));
    double a = p[from];
    double b = p[to];
    p[from] = a * cos - b * sin;
    p[to] = a * sin + b * cos;
  }

  @Test
  void noseTellsTheSigns() {
    FaceMesh left = turned(30, 0, 0, 0);
    assertEquals(1, Math.signum(left.x(4) - left.x(168)), "the nose points to the right");
    FaceMesh up = turned(0, 30, 0, 0);
    FaceMesh straight = turned(0, 0, 0, 0);
    assertEquals(-1, Math.signum(up.y(4) - straight.y(4)), "the nose points up");
    FaceMesh tilted = turned(0, 0, 30, 0);
    assertEquals(1, Math.signum(tilted.x(10) - tilted.x(4)), "the forehead is on the right");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "30, 0, 0",
    "-45, 0, 0",
    "0, 20, 0",
    "0, -35, 0",
    "0, 0, 15",
    "0, 0, -90",
    "0, 0, 179",
    "20, -15, 30",
    "-40, 25, -120",
    "70, 10, 5",
    "-10, -60, 160"
  })
  void angles(double yaw, double pitch, double roll) {
    HeadPose pose = HeadPose.of(turned(yaw, pitch, roll, 0));
    assertEquals(yaw, pose.yawDegrees(), TOLERANCE);
    assertEquals(pitch, pose.pitchDegrees(), TOLERANCE);
    assertEquals(roll, pose.rollDegrees(), TOLERANCE);
  }

  /** Upside down, where a search that starts from upright would not get away. */
  @Test
  void upsideDown() {
    assertEquals(180, Math.abs(HeadPose.of(turned(0, 0, 180, 0)).rollDegrees()), TOLERANCE);
  }

  /** Two hundredths of the eyes' distance of noise. */
  @Test
  void noiseChangesLittle() {
    HeadPose pose = HeadPose.of(turned(20, -15, 30, 1.6));
    assertEquals(20, pose.yawDegrees(), 2);
    assertEquals(-15, pose.pitchDegrees(), 2);
    assertEquals(30, pose.rollDegrees(), 1);
  }

  @Test
  void pointsInOnePlaceTellNothing() {
    HeadPose pose = HeadPose.of(FaceMesh.of(1, new float[3 * FaceMesh.SIZE]));
    assertEquals(0, pose.yawDegrees(), 0f);
    assertEquals(0, pose.pitchDegrees(), 0f);
    assertEquals(0, pose.rollDegrees(), 0f);
  }
}
