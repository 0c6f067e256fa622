package org.fer4j.features;

import java.util.Locale;

/**
 * A square of the face whose texture is described: where its centre lies, how large it is, and in
 * how many cells its gradients are counted.
 *
 * <p>With points of the mesh, the centre is their mean. Without, it lies so many eye spans to the
 * person's left of the middle of the eyes, and so many below: the medians over the faces of FER+'s
 * training part in which the mesh was found.
 */
enum Patch {
  RIGHT_BROW(0.6, 4, -0.36, -0.2, 70, 63, 105, 66, 107, 55, 65, 52, 53, 46),
  LEFT_BROW(0.6, 4, 0.36, -0.2, 300, 293, 334, 296, 336, 285, 295, 282, 283, 276),
  BROW_GAP(0.45, 3, 0, -0.16, 107, 336, 55, 285),
  RIGHT_EYE(0.5, 4, -0.34, 0, 33, 133, 159, 145),
  LEFT_EYE(0.5, 4, 0.34, 0, 263, 362, 386, 374),
  NOSE(0.85, 4, 0, 0.42, 129, 358),
  LIPS(1.05, 6, 0, 0.8, 61, 291, 0, 17);

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

  /** Returns the mean of a coordinate over the patch's points: 0 for x, 1 for y. */
  double center(float[] mesh, int coordinate) {
    double sum = 0;
    for (int point : points) {
      sum += mesh[FaceShape.PER_POINT * point + coordinate];
    }
    return sum / points.length;
  }
}
