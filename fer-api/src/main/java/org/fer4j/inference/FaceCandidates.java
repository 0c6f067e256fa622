package org.fer4j.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.fer4j.BoundingBox;
import org.fer4j.Face;
import org.fer4j.LandmarkLayout;
import org.fer4j.Landmarks;

/**
 * Boxes that may see faces, as rows of numbers: there are several for each face and new ones in
 * each frame, too many for objects. The memory is kept.
 *
 * <p>Confined to one thread.
 */
final class FaceCandidates {

  /** Of a box: x, y, width, height in pixels of the frame, then the score. */
  private static final int BOX_LENGTH = 5;

  private static final int FIRST_CAPACITY = 16;

  private final LandmarkLayout layout;
  private final int rowLength;
  private final float[] points;
  private final float[] mean;
  private float[] rows;
  private int[] order;
  private int[] group;
  private int size;

  FaceCandidates(LandmarkLayout layout) {
    this.layout = layout;
    this.rowLength = BOX_LENGTH + 2 * layout.size();
    this.points = new float[2 * layout.size()];
    this.mean = new float[rowLength];
    this.rows = new float[FIRST_CAPACITY * rowLength];
    this.order = new int[FIRST_CAPACITY];
    this.group = new int[FIRST_CAPACITY];
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  void add(float x, float y, float width, float height, float score) {
    if (size == order.length) {
      order = new int[2 * size];
      group = new int[2 * size];
      rows = Arrays.copyOf(rows, 2 * rows.length);
    }
    int at = size++ * rowLength;
    rows[at] = x;
    rows[at + 1] = y;
    rows[at + 2] = width;
    rows[at + 3] = height;
    rows[at + 4] = score;
  }

  /** Sets a keypoint of the candidate that was added last. */
  void setPoint(int index, float x, float y) {
    int at = (size - 1) * rowLength + BOX_LENGTH + 2 * index;
    rows[at] = x;
    rows[at + 1] = y;
  }

  void add(Face face) {
    BoundingBox box = face.box();
    add(box.x(), box.y(), box.width(), box.height(), face.score());
    for (int i = 0; i < layout.size(); i++) {
      setPoint(i, face.keypoints().x(i), face.keypoints().y(i));
    }
  }

  private float score(int index) {
    return rows[index * rowLength + 4];
  }

  /** Makes a face of one candidate. */
  Face face(int index) {
    return face(rows, index * rowLength, score(index));
  }

  private Face face(float[] from, int at, float score) {
    System.arraycopy(from, at + BOX_LENGTH, points, 0, points.length);
    return new Face(
        new BoundingBox(from[at], from[at + 1], from[at + 2], from[at + 3]),
        score,
        Landmarks.of(layout, points));
  }

  /**
   * Makes one face of each group of overlapping boxes; see {@link NonMaximumSuppression#weighted}.
   *
   * @param single gives the face of a candidate that is alone in its group
   */
  List<Face> weighted(float threshold, IntFunction<Face> single) {
    sort();
    List<Face> faces = new ArrayList<>(2);
    int left = size;
    while (left > 0) {
      int best = order[0];
      int grouped = 0;
      int kept = 0;
      for (int i = 0; i < left; i++) {
        int index = order[i];
        if (i == 0 || overlap(best, index) > threshold) {
          group[grouped++] = index;
        } else {
          order[kept++] = index;
        }
      }
      left = kept;
      faces.add(grouped == 1 ? single.apply(best) : blend(grouped));
    }
    return faces;
  }

  /** Orders the candidates, best first; equals stay in their order. */
  private void sort() {
    for (int i = 0; i < size; i++) {
      int at = i;
      while (at > 0 && score(order[at - 1]) < score(i)) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = i;
    }
  }

  /** Returns the intersection over union of two boxes; see {@link BoundingBox}. */
  private float overlap(int one, int other) {
    int a = one * rowLength;
    int b = other * rowLength;
    float areaA = rows[a + 2] * rows[a + 3];
    float areaB = rows[b + 2] * rows[b + 3];
    float w = Math.min(rows[a] + rows[a + 2], rows[b] + rows[b + 2]) - Math.max(rows[a], rows[b]);
    float h =
        Math.min(rows[a + 1] + rows[a + 3], rows[b + 1] + rows[b + 3])
            - Math.max(rows[a + 1], rows[b + 1]);
    float common = Math.min(w > 0 && h > 0 ? w * h : 0, Math.min(areaA, areaB));
    return common / (areaA + areaB - common);
  }

  /**
   * Makes a face of the group: means of their boxes and keypoints weighted by score, with the score
   * of the first.
   *
   * @param count how many indices of the group count, the best first
   */
  private Face blend(int count) {
    float total = 0;
    Arrays.fill(mean, 0);
    for (int i = 0; i < count; i++) {
      float weight = score(group[i]);
      total += weight;
      int row = group[i] * rowLength;
      for (int k = 0; k < rowLength; k++) {
        mean[k] += weight * rows[row + k];
      }
    }
    if (total == 0) {
      return face(group[0]);
    }
    for (int k = 0; k < rowLength; k++) {
      mean[k] /= total;
    }
    return face(mean, 0, score(group[0]));
  }
}
