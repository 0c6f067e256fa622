package org.fer4j;

import java.util.List;

/**
 * Least squares over the keypoints that face and template share: with template points t and face
 * points f, both relative to their means, the similarity x = a + i b (as a complex number) that
 * minimises |f - x t|^2 is x = sum(conj(t) f) / sum(|t|^2). Its modulus is the crop's size, its
 * argument the crop's rotation. (Horn, Closed-form solution of absolute orientation, 1987; in two
 * dimensions it needs no singular value decomposition.)
 */
enum SimilarityAligner implements FaceAligner {
  INSTANCE;

  @Override
  public FaceCrop align(Frame frame, Face face, CropRule rule) {
    Landmarks points = face.keypoints();
    List<String> names = points.layout().names();
    int shared = 0;
    double meanU = 0;
    double meanV = 0;
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < names.size(); i++) {
      Point target = rule.template().get(names.get(i));
      if (target != null) {
        shared++;
        meanU += target.x();
        meanV += target.y();
        meanX += points.x(i);
        meanY += points.y(i);
      }
    }
    if (shared < 2) {
      return alignBox(frame, face.box(), rule);
    }
    meanU /= shared;
    meanV /= shared;
    meanX /= shared;
    meanY /= shared;
    double real = 0;
    double imaginary = 0;
    double norm = 0;
    for (int i = 0; i < names.size(); i++) {
      Point target = rule.template().get(names.get(i));
      if (target != null) {
        double u = target.x() - meanU;
        double v = target.y() - meanV;
        double x = points.x(i) - meanX;
        double y = points.y(i) - meanY;
        real += u * x + v * y;
        imaginary += u * y - v * x;
        norm += u * u + v * v;
      }
    }
    double size = Math.hypot(real, imaginary) / norm;
    if (!(size > 1e-3)) {
      // All keypoints in one place: nothing to align by.
      return alignBox(frame, face.box(), rule);
    }
    real /= norm;
    imaginary /= norm;
    double toCenterU = 0.5 - meanU;
    double toCenterV = 0.5 - meanV;
    return new FaceCrop(
        frame,
        new RotatedSquare(
            (float) (meanX + real * toCenterU - imaginary * toCenterV),
            (float) (meanY + imaginary * toCenterU + real * toCenterV),
            (float) size,
            (float) Math.toDegrees(Math.atan2(imaginary, real))));
  }

  private static FaceCrop alignBox(Frame frame, BoundingBox box, CropRule rule) {
    float boxSize = (box.width() + box.height()) / 2;
    // The rule's shifts are those of an upright face: turn them with the picture.
    RotatedSquare unshifted =
        new RotatedSquare(box.centerX(), box.centerY(), boxSize, -frame.rotationDegrees());
    Point center = unshifted.toFrame(0.5f + rule.boxShiftX(), 0.5f + rule.boxShiftY());
    return new FaceCrop(
        frame,
        new RotatedSquare(
            center.x(), center.y(), boxSize * rule.boxScale(), unshifted.rotationDegrees()));
  }
}
