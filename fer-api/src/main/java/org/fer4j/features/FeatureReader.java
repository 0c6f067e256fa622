package org.fer4j.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fer4j.BoundingBox;
import org.fer4j.CropRule;
import org.fer4j.Face;
import org.fer4j.FaceCrop;
import org.fer4j.FaceMesh;
import org.fer4j.Frame;
import org.fer4j.LandmarkDetector;
import org.fer4j.LandmarkLayout;
import org.fer4j.Landmarks;
import org.fer4j.Point;
import org.fer4j.RotatedSquare;

/**
 * Measures the features of faces that were cut out by a {@link CropRule}: finds their points, and
 * where there are none takes the eyes to be where the rule puts them. Classifiers and their
 * training read features through it, so that one sees what the other saw.
 *
 * <p>Confined: one thread may use it at a time.
 */
public final class FeatureReader {

  private static final String RIGHT_EYE = "right_eye";
  private static final String LEFT_EYE = "left_eye";
  private static final LandmarkLayout EYES = new LandmarkLayout(List.of(RIGHT_EYE, LEFT_EYE));

  private final LandmarkDetector landmarks;
  private final CropRule rule;
  private final Point rightEye;
  private final Point leftEye;
  private final FeatureExtractor extractor = new FeatureExtractor();

  /**
   * Creates a reader.
   *
   * @param landmarks finds the points; used, never closed
   * @param rule by which the crops are cut
   * @throws IllegalArgumentException if the rule does not say where the eyes are
   */
  public FeatureReader(LandmarkDetector landmarks, CropRule rule) {
    this.landmarks = landmarks;
    this.rule = rule;
    this.rightEye = eye(rule, RIGHT_EYE);
    this.leftEye = eye(rule, LEFT_EYE);
  }

  private static Point eye(CropRule rule, String name) {
    Point eye = rule.template().get(name);
    if (eye == null) {
      throw new IllegalArgumentException(
          "expected '%s' in the crop rule of a classifier of features, found %s"
              .formatted(name, rule.template().keySet()));
    }
    return eye;
  }

  /**
   * Measures all crops.
   *
   * @return one element for each crop, in the same order
   * @throws org.fer4j.FerException if the landmark network fails; the reader stays usable
   */
  public List<FacialFeatures> read(List<FaceCrop> crops) {
    List<FacialFeatures> features = new ArrayList<>(crops.size());
    for (int begin = 0; begin < crops.size(); ) {
      Frame frame = crops.get(begin).frame();
      int end = begin;
      List<Face> faces = new ArrayList<>();
      while (end < crops.size() && crops.get(end).frame() == frame) {
        faces.add(face(crops.get(end++).square()));
      }
      List<Optional<FaceMesh>> meshes = landmarks.detect(frame, faces);
      for (int i = 0; i < faces.size(); i++) {
        features.add(features(frame, faces.get(i), meshes.get(i)));
      }
      begin = end;
    }
    return features;
  }

  /** Returns the face that the rule would have cut so. */
  private Face face(RotatedSquare square) {
    float side = square.size() / rule.boxScale();
    Point center =
        square.toFrame(
            0.5f - rule.boxShiftX() / rule.boxScale(), 0.5f - rule.boxShiftY() / rule.boxScale());
    Point right = square.toFrame(rightEye.x(), rightEye.y());
    Point left = square.toFrame(leftEye.x(), leftEye.y());
    return new Face(
        new BoundingBox(center.x() - side / 2, center.y() - side / 2, side, side),
        1,
        Landmarks.of(EYES, right.x(), right.y(), left.x(), left.y()));
  }

  private FacialFeatures features(Frame frame, Face face, Optional<FaceMesh> mesh) {
    if (mesh.isPresent()) {
      return extractor.extract(frame, mesh.get());
    }
    Landmarks eyes = face.keypoints();
    return extractor.extract(
        frame, new Point(eyes.x(0), eyes.y(0)), new Point(eyes.x(1), eyes.y(1)));
  }
}
