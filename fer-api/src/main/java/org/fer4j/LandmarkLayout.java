package org.fer4j;

import java.util.HashSet;
import java.util.List;

/**
 * Which points of a face a {@link Landmarks} holds, in which order. Names are lower case with
 * underscores and shared by all layouts: {@code right_eye}, {@code left_eye}, {@code nose_tip},
 * {@code mouth}, {@code right_mouth_corner}, {@code left_mouth_corner}, {@code right_ear}, {@code
 * left_ear}; left and right are the person's own. The points of {@link
 * org.fer4j.landmarks.ClassicalLandmarks} are numbered within each part of the face.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param names one for each point, all different
 */
public record LandmarkLayout(List<String> names) {

  /** No points at all: what a detector without keypoints gives. */
  public static final LandmarkLayout NONE = new LandmarkLayout(List.of());

  /**
   * Copies the names.
   *
   * @throws IllegalArgumentException if a name comes twice
   */
  public LandmarkLayout {
    names = List.copyOf(names);
    if (new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("expected different landmark names, found " + names);
    }
  }

  /** Returns the number of points. */
  public int size() {
    return names.size();
  }
}
