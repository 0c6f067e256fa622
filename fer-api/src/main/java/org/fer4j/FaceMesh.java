package org.fer4j;

import java.util.Arrays;
import java.util.Objects;

/**
 * The 468 points of a face's surface: brows, eyes, nose, lips, cheeks and outline, in three
 * dimensions.
 *
 * <p>Points are numbered as in MediaPipe's canonical face model; {@link
 * org.fer4j.landmarks.FaceContour} names the lines that they form. x and y are pixels of the frame.
 * z is depth in the same pixels, relative to the middle of the head: smaller is nearer to the
 * camera. It is estimated from one picture, so it is less certain than x and y.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class FaceMesh {

  /** The number of points. */
  public static final int SIZE = 468;

  private static final int DIMENSIONS = 3;

  private final float presence;
  private final float[] coordinates;

  private FaceMesh(float presence, float[] coordinates) {
    this.presence = presence;
    this.coordinates = coordinates;
  }

  /**
   * Makes a mesh of coordinates x, y, z, x, y, z, and so on; the array is copied.
   *
   * @param presence how sure the network is that there is a face, from 0 to 1
   * @throws IllegalArgumentException if there are not three numbers for each of the 468 points, one
   *     is not finite, or the presence is out of its range
   */
  public static FaceMesh of(float presence, float... coordinates) {
    if (!(presence >= 0 && presence <= 1)) {
      throw new IllegalArgumentException("expected a presence in [0, 1], found " + presence);
    }
    if (coordinates.length != DIMENSIONS * SIZE) {
      throw new IllegalArgumentException(
          "expected %d coordinates for %d points, found %d"
              .formatted(DIMENSIONS * SIZE, SIZE, coordinates.length));
    }
    for (float value : coordinates) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("expected finite coordinates, found " + value);
      }
    }
    return new FaceMesh(presence, coordinates.clone());
  }

  /** Returns how sure the network is that there is a face, from 0 to 1. */
  public float presence() {
    return presence;
  }

  /** Returns the x of a point, in pixels of the frame. */
  public float x(int index) {
    return coordinates[DIMENSIONS * Objects.checkIndex(index, SIZE)];
  }

  /** Returns the y of a point, in pixels of the frame. */
  public float y(int index) {
    return coordinates[DIMENSIONS * Objects.checkIndex(index, SIZE) + 1];
  }

  /** Returns the depth of a point, in pixels of the frame; smaller is nearer to the camera. */
  public float z(int index) {
    return coordinates[DIMENSIONS * Objects.checkIndex(index, SIZE) + 2];
  }

  /** Returns where a point lies in the frame. */
  public Point point(int index) {
    return new Point(x(index), y(index));
  }

  /** Returns the distance of two points in three dimensions, in pixels of the frame. */
  public double distance(int from, int to) {
    double dx = x(from) - x(to);
    double dy = y(from) - y(to);
    double dz = z(from) - z(to);
    return Math.sqrt(dx * dx + dy * dy + dz * dz);
  }

  /** Returns a copy of all coordinates: x, y, z, x, y, z, and so on. */
  public float[] toArray() {
    return coordinates.clone();
  }

  /** Returns this mesh moved by a distance in the frame. */
  public FaceMesh plus(float dx, float dy) {
    float[] moved = coordinates.clone();
    for (int i = 0; i < moved.length; i += DIMENSIONS) {
      moved[i] += dx;
      moved[i + 1] += dy;
    }
    return new FaceMesh(presence, moved);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FaceMesh that
        && presence == that.presence
        && Arrays.equals(coordinates, that.coordinates);
  }

  @Override
  public int hashCode() {
    return 31 * Float.hashCode(presence) + Arrays.hashCode(coordinates);
  }

  /** Returns presence and the first point, not all 468. */
  @Override
  public String toString() {
    return "FaceMesh[presence=%s, %d points, first (%s, %s, %s)]"
        .formatted(presence, SIZE, x(0), y(0), z(0));
  }
}
