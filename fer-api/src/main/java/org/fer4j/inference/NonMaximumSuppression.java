package org.fer4j.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fer4j.BoundingBox;
import org.fer4j.Face;
import org.fer4j.Landmarks;

/**
 * Makes one face of the many boxes that see it.
 *
 * <p>Safe for use by many threads.
 */
public final class NonMaximumSuppression {

  private static final Comparator<Face> BEST_FIRST =
      Comparator.comparingDouble((Face face) -> face.score()).reversed();

  private static final float LARGER_ADVANTAGE = 0.1f;
  private static final float NESTED_SHARE = 0.8f;

  private NonMaximumSuppression() {}

  /**
   * Blends overlapping boxes as BlazeFace does it (arXiv:1907.05047, section 3.4), which shakes
   * less from frame to frame than taking the best: the best box left and all that overlap it give
   * one face, whose box and keypoints are their means weighted by score, with the best score.
   *
   * @param candidates in any order; not changed
   * @param threshold boxes with a larger intersection over union with the best are the same face
   * @return one face for each group, best first
   */
  public static List<Face> weighted(List<Face> candidates, float threshold) {
    List<Face> left = new ArrayList<>(candidates);
    left.sort(BEST_FIRST);
    List<Face> faces = new ArrayList<>();
    List<Face> group = new ArrayList<>();
    while (!left.isEmpty()) {
      BoundingBox best = left.get(0).box();
      group.clear();
      group.add(left.remove(0));
      for (int i = left.size() - 1; i >= 0; i--) {
        if (best.intersectionOverUnion(left.get(i).box()) > threshold) {
          group.add(left.remove(i));
        }
      }
      faces.add(blend(group));
    }
    return faces;
  }

  private static Face blend(List<Face> group) {
    Face best = group.get(0);
    if (group.size() == 1) {
      return best;
    }
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;
    float total = 0;
    float[] points = new float[2 * best.keypoints().size()];
    for (Face face : group) {
      float weight = face.score();
      total += weight;
      x += weight * face.box().x();
      y += weight * face.box().y();
      width += weight * face.box().width();
      height += weight * face.box().height();
      for (int i = 0; i < points.length / 2; i++) {
        points[2 * i] += weight * face.keypoints().x(i);
        points[2 * i + 1] += weight * face.keypoints().y(i);
      }
    }
    if (total == 0) {
      return best;
    }
    for (int i = 0; i < points.length; i++) {
      points[i] /= total;
    }
    return new Face(
        new BoundingBox(x / total, y / total, width / total, height / total),
        best.score(),
        Landmarks.of(best.keypoints().layout(), points));
  }

  /**
   * Leaves out faces that lie inside of another: an eye or a mouth taken for a face, or a false
   * face around several true ones. Of two, the one with the better score stays; the larger has a
   * small advantage.
   *
   * @param faces best first
   * @return those that stay, best first
   */
  static List<Face> withoutNested(List<Face> faces) {
    List<Face> kept = new ArrayList<>();
    for (Face face : faces) {
      // Those kept so far have better scores, or as good ones.
      if (kept.stream().noneMatch(better -> isNested(face, better) || hides(better, face))) {
        kept.removeIf(better -> isNested(better, face));
        kept.add(face);
      }
    }
    return kept;
  }

  /** Tells whether a better face inside of a larger one is better by far. */
  private static boolean hides(Face better, Face face) {
    return isNested(better, face) && better.score() > face.score() + LARGER_ADVANTAGE;
  }

  private static boolean isNested(Face inner, Face outer) {
    return inner.box().area() < outer.box().area()
        && inner.box().intersection(outer.box()) > NESTED_SHARE * inner.box().area();
  }
}
