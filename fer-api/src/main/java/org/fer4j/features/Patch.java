package org.fer4j.features;

import java.util.Locale;
import org.fer4j.FaceMesh;
import org.fer4j.Point;

/**
 * A square of the face whose texture is described: where its centre lies, how large it is, and in
 * how many cells its gradients are counted.
 *
 * <p>With points of the mesh, the centre is their mean. Without, it lies so many eye spans to the
 * person's left of the middle of the eyes, and so many below: the medians over the faces of FER+'s
 * training part in which the mesh was found.
 */
enum Patch {
  RIGHT_BROW(0.6, 4, -0.41, -0.21, 70, 63, 105, 66, 107, 55, 65, 52, 53, 46),
  LEFT_BROW(0.6, 4, 0.41, -0.21, 300, 293, 334, 296, 336, 285, 295, 282, 283, 276),
  BROW_GAP(0.45, 3, 0, -0.19, 107, 336, 55, 285),
  RIGHT_EYE(0.5, 4, -0.35, 0, 33, 133, 159, 145),
  LEFT_EYE(0.5, 4, 0.35, 0, 263, 362, 386, 374),
  NOSE(0.85, 4, 0, 0.39, 129, 358),
  LIPS(1.05, 6, 0, 0.73, 61, 291, 0, 17);

  /** Side of the patch in eye spans. */
  final double size;

  /** Cells of a side. */
  final int cells;

  /** Usual place of the centre in eye spans from the middle of the eyes. */
  final double usualX;

  final double usualY;

  @SuppressWarnings("ImmutableEnumChecker") // Never handed out.
  private final int[] points;

  Patch(double size, int cells, double usualX, double usualY, int... points) {
    this.size = size;
    this.cells = cells;
    this.usualX = usualX;
    this.usualY = usualY;
    this.points = points;
  }

  /** Returns the patch's name in those of its features. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the mean of the patch's points. */
  Point center(FaceMesh mesh) {
    double x = 0;
    double y = 0;
    for (int point : points) {
      x += mesh.x(point);
      y += mesh.y(point);
    }
    return new Point((float) (x / points.length), (float) (y / points.length));
  }
}
