package org.fer4j.inference;

import java.util.ArrayList;
import java.util.List;
import org.fer4j.Face;

/**
 * Makes one face of the many boxes that see it.
 *
 * <p>Safe for use by many threads.
 */
public final class NonMaximumSuppression {

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
    if (candidates.isEmpty()) {
      return new ArrayList<>();
    }
    FaceCandidates rows = new FaceCandidates(candidates.get(0).keypoints().layout());
    candidates.forEach(rows::add);
    return rows.weighted(threshold, candidates::get);
  }

  /**
   * Leaves out faces that lie inside of another: an eye or a mouth taken for a face, or a false
   * face around several true ones. Of two, the one with the better score stays; the larger has a
   * small advantage.
   *
   * @param faces best first
   * @return those that stay, best first
   */
  public static List<Face> withoutNested(List<Face> faces) {
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
