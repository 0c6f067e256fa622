package org.fer4j.landmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fer4j.FaceMesh;
import org.fer4j.Point;

/**
 * The lines of a face, as points of a {@link FaceMesh} in their order along the line. The numbers
 * are those of MediaPipe's canonical face model. Left and right are the person's own.
 *
 * <p>Immutable and safe for use by many threads.
 */
public enum FaceContour {
  /** Around the face, from the middle of the forehead by the left ear and the chin. */
  OVAL(
      true, 10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
      152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
  /** The upper edge of the right brow, from the temple to the nose. */
  RIGHT_BROW(false, 70, 63, 105, 66, 107),
  /** The upper edge of the left brow, from the nose to the temple. */
  LEFT_BROW(false, 336, 296, 334, 293, 300),
  /** Around the right eye, from its outer corner along the upper lid. */
  RIGHT_EYE(true, 33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7),
  /** Around the left eye, from its inner corner along the upper lid. */
  LEFT_EYE(true, 362, 398, 384, 385, 386, 387, 388, 466, 263, 249, 390, 373, 374, 380, 381, 382),
  /** The nose from between the eyes to its tip. */
  NOSE_BRIDGE(false, 168, 6, 197, 195, 5, 4),
  /** The lower edge of the nose, from the right wing to the left. */
  NOSE_BASE(false, 98, 97, 2, 326, 327),
  /** Around both lips, from the right corner along the upper lip. */
  OUTER_LIPS(
      true, 61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91,
      146),
  /** Where the lips meet, or around the open mouth, from the right corner along the upper lip. */
  INNER_LIPS(
      true, 78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88,
      95);

  private final boolean closed;

  @SuppressWarnings("ImmutableEnumChecker") // An immutable copy.
  private final List<Integer> indices;

  FaceContour(boolean closed, Integer... indices) {
    this.closed = closed;
    this.indices = List.copyOf(Arrays.asList(indices));
  }

  /** Tells whether the last point is joined with the first. */
  public boolean isClosed() {
    return closed;
  }

  /** Returns the points' indices in a mesh. */
  public List<Integer> indices() {
    return indices;
  }

  /** Returns the contour of a face, in pixels of the frame. */
  public List<Point> of(FaceMesh mesh) {
    List<Point> points = new ArrayList<>(indices.size());
    for (int index : indices) {
      points.add(mesh.point(index));
    }
    return points;
  }
}
