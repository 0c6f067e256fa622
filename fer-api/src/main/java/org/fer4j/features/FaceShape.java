package org.fer4j.features;

import org.fer4j.FaceMesh;
import org.fer4j.Point;

/**
 * The points of a face mesh as they would be seen from the front: moved to the middle of the eyes,
 * turned by the head's pose and divided by the eye span. x points to the person's left (right in
 * the picture), y down, z away from the camera; the unit is the distance of the outer eye corners.
 *
 * <p>The head's axes are taken from points that expressions hardly move: x along the mean of the
 * lines between outer and between inner eye corners, y along the line from the top of the forehead
 * to the base of the nose, made perpendicular to x, and z perpendicular to both. Points that are
 * moved, scaled or turned as a whole give the same shape.
 */
final class FaceShape {

  private static final int PER_POINT = 3;

  private static final int RIGHT_OUTER = 33;
  private static final int RIGHT_INNER = 133;
  private static final int LEFT_INNER = 362;
  private static final int LEFT_OUTER = 263;
  private static final int FOREHEAD = 10;
  private static final int NOSE_BASE = 2;

  private final double[] points = new double[PER_POINT * FaceMesh.SIZE];
  private final double[] middle = new double[PER_POINT];
  private final double[] x = new double[PER_POINT];
  private final double[] y = new double[PER_POINT];
  private double span;

  /**
   * Looks at another face.
   *
   * @return whether the points make a face: the eye corners lie apart, and so do forehead and nose
   */
  boolean set(FaceMesh face) {
    float[] mesh = face.toArray();
    double norm = 0;
    double along = 0;
    double squares = 0;
    for (int k = 0; k < PER_POINT; k++) {
      double rightOuter = mesh[PER_POINT * RIGHT_OUTER + k];
      double rightInner = mesh[PER_POINT * RIGHT_INNER + k];
      double leftInner = mesh[PER_POINT * LEFT_INNER + k];
      double leftOuter = mesh[PER_POINT * LEFT_OUTER + k];
      middle[k] = (rightOuter + rightInner + leftInner + leftOuter) / 4;
      x[k] = leftOuter - rightOuter + leftInner - rightInner;
      y[k] = mesh[PER_POINT * NOSE_BASE + k] - mesh[PER_POINT * FOREHEAD + k];
      norm += x[k] * x[k];
      along += x[k] * y[k];
      squares += (leftOuter - rightOuter) * (leftOuter - rightOuter);
    }
    span = Math.sqrt(squares);
    double down = 0;
    for (int k = 0; k < PER_POINT; k++) {
      y[k] -= along / norm * x[k];
      down += y[k] * y[k];
    }
    if (!(span > 0) || !(norm > 0) || !(down > 0)) {
      return false;
    }
    for (int k = 0; k < PER_POINT; k++) {
      x[k] /= Math.sqrt(norm);
      y[k] /= Math.sqrt(down);
    }
    project(mesh);
    return true;
  }

  private void project(float[] mesh) {
    double zx = x[1] * y[2] - x[2] * y[1];
    double zy = x[2] * y[0] - x[0] * y[2];
    double zz = x[0] * y[1] - x[1] * y[0];
    for (int i = 0; i < points.length; i += PER_POINT) {
      double dx = (mesh[i] - middle[0]) / span;
      double dy = (mesh[i + 1] - middle[1]) / span;
      double dz = (mesh[i + 2] - middle[2]) / span;
      points[i] = dx * x[0] + dy * x[1] + dz * x[2];
      points[i + 1] = dx * y[0] + dy * y[1] + dz * y[2];
      points[i + 2] = dx * zx + dy * zy + dz * zz;
    }
  }

  double x(int point) {
    return points[PER_POINT * point];
  }

  double y(int point) {
    return points[PER_POINT * point + 1];
  }

  /** Returns the middle of the eye corners in the picture, in pixels of the frame. */
  Point middle() {
    return new Point((float) middle[0], (float) middle[1]);
  }

  /** Returns the distance of the outer eye corners in pixels of the frame. */
  double span() {
    return span;
  }

  /** Returns how far the head's x axis is turned clockwise in the picture. */
  double rollDegrees() {
    return Math.toDegrees(Math.atan2(x[1], x[0]));
  }

  /** Returns how far the face is turned about the vertical; above 0 to its own left. */
  double yawDegrees() {
    return Math.toDegrees(Math.asin(Math.max(-1, Math.min(1, x[2]))));
  }

  /** Returns how far the line from forehead to nose leans back; above 0 looks up. */
  double pitchDegrees() {
    return Math.toDegrees(Math.asin(Math.max(-1, Math.min(1, -y[2]))));
  }
}
