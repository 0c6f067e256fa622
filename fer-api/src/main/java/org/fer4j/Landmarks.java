package org.fer4j;

import java.util.Arrays;
import java.util.Optional;

/**
 * Points of one face in pixels of the frame, in the order of their {@link LandmarkLayout}.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Landmarks {

  private static final Landmarks NONE = new Landmarks(LandmarkLayout.NONE, new float[0]);

  private final LandmarkLayout layout;
  private final float[] coordinates;

  private Landmarks(LandmarkLayout layout, float[] coordinates) {
    this.layout = layout;
    this.coordinates = coordinates;
  }

  /** Returns landmarks without any point. */
  public static Landmarks none() {
    return NONE;
  }

  /**
   * Makes landmarks of coordinates x, y, x, y, and so on; the array is copied.
   *
   * @throws IllegalArgumentException if there are not two numbers for each point of the layout, or
   *     one is not finite
   */
  public static Landmarks of(LandmarkLayout layout, float... coordinates) {
    if (coordinates.length != 2 * layout.size()) {
      throw new IllegalArgumentException(
          "expected %d coordinates for %d landmarks, found %d"
              .formatted(2 * layout.size(), layout.size(), coordinates.length));
    }
    for (float value : coordinates) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("expected finite coordinates, found " + value);
      }
    }
    return new Landmarks(layout, coordinates.clone());
  }

  /** Returns which points these are. */
  public LandmarkLayout layout() {
    return layout;
  }

  /** Returns the number of points. */
  public int size() {
    return layout.size();
  }

  /** Returns the x of the point at an index of the layout. */
  public float x(int index) {
    return coordinates[2 * index];
  }

  /** Returns the y of the point at an index of the layout. */
  public float y(int index) {
    return coordinates[2 * index + 1];
  }

  /** Returns the point with a name of the layout, or empty if the layout does not have it. */
  public Optional<Point> point(String name) {
    int index = layout.names().indexOf(name);
    return index < 0 ? Optional.empty() : Optional.of(new Point(x(index), y(index)));
  }

  /** Returns these landmarks moved by a distance. */
  public Landmarks plus(float dx, float dy) {
    float[] moved = coordinates.clone();
    for (int i = 0; i < moved.length; i += 2) {
      moved[i] += dx;
      moved[i + 1] += dy;
    }
    return new Landmarks(layout, moved);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Landmarks that
        && layout.equals(that.layout)
        && Arrays.equals(coordinates, that.coordinates);
  }

  @Override
  public int hashCode() {
    return 31 * layout.hashCode() + Arrays.hashCode(coordinates);
  }

  /** Returns names and coordinates, for example {@code {right_eye=(40.1, 60.2)}}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < size(); i++) {
      text.append(i == 0 ? "" : ", ").append(layout.names().get(i));
      text.append("=(").append(x(i)).append(", ").append(y(i)).append(')');
    }
    return text.append('}').toString();
  }
}
