package org.fer4j.landmarks;

import org.fer4j.FaceMesh;

/**
 * Where a head is turned, seen from the camera, in degrees. Signs are from the person's side: all
 * three are 0 for a face that looks straight at the camera with level eyes.
 *
 * <p>The head is first nodded, then turned, then tilted, so that turning the picture changes the
 * roll and nothing else. Pitch and yaw are estimated from one picture and less certain than the
 * roll. What counts as straight ahead is the mean of some thousand photographed faces.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param yawDegrees above 0 if the person turns to the own left, which is the right in the picture
 * @param pitchDegrees above 0 if the person looks up
 * @param rollDegrees above 0 if the head is tilted to the person's left shoulder, which is
 *     clockwise in the picture; -180 to 180
 */
public record HeadPose(float yawDegrees, float pitchDegrees, float rollDegrees) {

  /** Measures a face by the points that expressions hardly move. */
  public static HeadPose of(FaceMesh mesh) {
    double[][] rotation = CanonicalFace.rotationTo(mesh);
    /*
     * rotation = Rz(roll) Ry(-yaw) Rx(-pitch), with x to the right, y down and z away from the
     * camera. Rz leaves the third row alone, and Rx the first column.
     */
    double yaw = Math.asin(Math.max(-1, Math.min(1, rotation[2][0])));
    double pitch = Math.atan2(-rotation[2][1], rotation[2][2]);
    double roll = Math.atan2(rotation[1][0], rotation[0][0]);
    return new HeadPose(
        (float) Math.toDegrees(yaw), (float) Math.toDegrees(pitch), (float) Math.toDegrees(roll));
  }
}
