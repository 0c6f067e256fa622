package org.fer4j.examples.drawing;

import java.awt.geom.Dimension2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds places for labels and score panels: inside the picture, close to their face, and off other
 * faces and one another wherever that is possible. Each thing has a few candidate places, and the
 * one that covers least is taken; what was placed first stays.
 *
 * <p>Confined to one thread.
 */
final class AnnotationLayout {

  /** How much worse it is to cover a label or panel than the face that a thing belongs to. */
  private static final double COVERED_TEXT_COST = 8;

  /** How much worse it is to cover another's face than the own. */
  private static final double COVERED_FACE_COST = 3;

  /** What it costs to take the next candidate instead of the one before, in own areas. */
  private static final double PREFERENCE_COST = 0.005;

  /** A panel may cover so much of another face. */
  private static final double MAX_COVERED_FACE = 0.03;

  /** A panel may cover so much of its own face. */
  private static final double MAX_COVERED_OWN = 0.12;

  /** A face that fills more of the picture than this leaves no other place than itself. */
  private static final double FILLING_FACE = 0.3;

  /** A panel may cover so much of a face that fills the picture. */
  private static final double MAX_COVERED_FILLING = 0.35;

  private final Rectangle2D picture;
  private final List<Rectangle2D> faces;
  private final List<Rectangle2D> texts = new ArrayList<>();

  /**
   * Starts without any label or panel.
   *
   * @param picture the whole of it
   * @param faces boxes, inside the picture
   */
  AnnotationLayout(Rectangle2D picture, List<Rectangle2D> faces) {
    this.picture = picture;
    this.faces = List.copyOf(faces);
  }

  /** Finds the place of a face's label, which is always there. */
  Rectangle2D placeLabel(Rectangle2D face, Dimension2D size, double gap) {
    double above = face.getMinY() - gap - size.getHeight();
    double below = face.getMaxY() + gap;
    double alignedRight = face.getMaxX() - size.getWidth();
    double centered = face.getCenterX() - size.getWidth() / 2;
    List<Rectangle2D> candidates =
        List.of(
            at(face.getMinX(), above, size),
            at(centered, above, size),
            at(alignedRight, above, size),
            at(face.getMinX(), below, size),
            at(centered, below, size),
            at(alignedRight, below, size),
            at(face.getMaxX() + gap, face.getMinY(), size),
            at(face.getMinX() - gap - size.getWidth(), face.getMinY(), size),
            at(face.getMinX(), face.getMinY() + gap, size),
            at(face.getMinX(), face.getMaxY() - gap - size.getHeight(), size));
    Rectangle2D best = cheapest(candidates, face);
    texts.add(best);
    return best;
  }

  /** Finds the place of a face's panel; empty if it would cover too much. */
  Optional<Rectangle2D> placePanel(Rectangle2D face, Dimension2D size, double gap) {
    if (size.getWidth() > picture.getWidth() || size.getHeight() > picture.getHeight()) {
      return Optional.empty();
    }
    double right = face.getMaxX() + gap;
    double left = face.getMinX() - gap - size.getWidth();
    double low = face.getMaxY() - size.getHeight();
    double middle = face.getCenterY() - size.getHeight() / 2;
    double below = face.getMaxY() + gap;
    double above = face.getMinY() - gap - size.getHeight();
    double alignedRight = face.getMaxX() - size.getWidth();
    List<Rectangle2D> candidates =
        List.of(
            at(right, face.getMinY(), size),
            at(right, middle, size),
            at(right, low, size),
            at(left, face.getMinY(), size),
            at(left, middle, size),
            at(left, low, size),
            at(face.getMinX(), below, size),
            at(alignedRight, below, size),
            at(face.getMinX(), above, size),
            at(alignedRight, above, size));
    Rectangle2D best = cheapest(candidates, face);
    if (!isAcceptable(best, face)) {
      return Optional.empty();
    }
    texts.add(best);
    return Optional.of(best);
  }

  private boolean isAcceptable(Rectangle2D panel, Rectangle2D own) {
    for (Rectangle2D text : texts) {
      if (common(panel, text) > 0) {
        return false;
      }
    }
    for (Rectangle2D face : faces) {
      double most = face.equals(own) ? mostOfOwn(own) : MAX_COVERED_FACE;
      if (common(panel, face) > most * area(face)) {
        return false;
      }
    }
    return true;
  }

  private double mostOfOwn(Rectangle2D own) {
    return area(own) > FILLING_FACE * area(picture) ? MAX_COVERED_FILLING : MAX_COVERED_OWN;
  }

  private Rectangle2D cheapest(List<Rectangle2D> candidates, Rectangle2D own) {
    Rectangle2D best = candidates.get(0);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < candidates.size(); i++) {
      Rectangle2D candidate = candidates.get(i);
      double cost = cost(candidate, own) + i * PREFERENCE_COST * area(candidate);
      if (cost < least) {
        least = cost;
        best = candidate;
      }
    }
    return best;
  }

  private double cost(Rectangle2D candidate, Rectangle2D own) {
    double cost = 0;
    for (Rectangle2D face : faces) {
      cost += common(candidate, face) * (face.equals(own) ? 1 : COVERED_FACE_COST);
    }
    for (Rectangle2D text : texts) {
      cost += common(candidate, text) * COVERED_TEXT_COST;
    }
    return cost;
  }

  /** Makes a rectangle, moved into the picture where it would leave it. */
  private Rectangle2D at(double x, double y, Dimension2D size) {
    double maxX = picture.getMaxX() - size.getWidth();
    double maxY = picture.getMaxY() - size.getHeight();
    return new Rectangle2D.Double(
        Math.max(picture.getMinX(), Math.min(maxX, x)),
        Math.max(picture.getMinY(), Math.min(maxY, y)),
        size.getWidth(),
        size.getHeight());
  }

  private static double common(Rectangle2D left, Rectangle2D right) {
    double width =
        Math.min(left.getMaxX(), right.getMaxX()) - Math.max(left.getMinX(), right.getMinX());
    double height =
        Math.min(left.getMaxY(), right.getMaxY()) - Math.max(left.getMinY(), right.getMinY());
    return width > 0 && height > 0 ? width * height : 0;
  }

  private static double area(Rectangle2D rectangle) {
    return rectangle.getWidth() * rectangle.getHeight();
  }
}
