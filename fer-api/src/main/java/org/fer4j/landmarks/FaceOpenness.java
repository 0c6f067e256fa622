package org.fer4j.landmarks;

import org.fer4j.FaceMesh;

/**
 * How far eyes and mouth are open: height in widths.
 *
 * <p>For an eye it is the eye aspect ratio of Soukupova and Cech (<i>Real-Time Eye Blink Detection
 * using Facial Landmarks</i>, 2016): with its six classical points p1 to p6 from one corner over
 * the upper lid to the other and back, (|p2 - p6| + |p3 - p5|) / (2 |p1 - p4|). The mouth's is the
 * same ratio of the eight points of the lips' inner edge, (|p2 - p8| + |p3 - p7| + |p4 - p6|) / (3
 * |p1 - p5|). Distances are taken in three dimensions, so that a turned head changes them little.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param rightEye 0 if it is shut, from 0 on
 * @param leftEye 0 if it is shut, from 0 on
 * @param mouth 0 if it is shut, from 0 on
 */
public record FaceOpenness(float rightEye, float leftEye, float mouth) {

  private static final int RIGHT_EYE = 36;
  private static final int LEFT_EYE = 42;
  private static final int INNER_LIPS = 60;

  /** Measures a face. */
  public static FaceOpenness of(FaceMesh mesh) {
    double mouth =
        (distance(mesh, INNER_LIPS, 1, 7)
                + distance(mesh, INNER_LIPS, 2, 6)
                + distance(mesh, INNER_LIPS, 3, 5))
            / 3;
    return new FaceOpenness(
        eye(mesh, RIGHT_EYE), eye(mesh, LEFT_EYE), ratio(mouth, distance(mesh, INNER_LIPS, 0, 4)));
  }

  private static float eye(FaceMesh mesh, int first) {
    double height = (distance(mesh, first, 1, 5) + distance(mesh, first, 2, 4)) / 2;
    return ratio(height, distance(mesh, first, 0, 3));
  }

  private static double distance(FaceMesh mesh, int first, int from, int to) {
    return mesh.distance(
        ClassicalLandmarks.meshIndex(first + from), ClassicalLandmarks.meshIndex(first + to));
  }

  /** Corners in one place tell nothing. */
  private static float ratio(double height, double width) {
    return width > 0 ? (float) (height / width) : 0;
  }
}
