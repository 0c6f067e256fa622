package org.fer4j.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fer4j.BoundingBox;
import org.fer4j.CropRule;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.Landmarks;
import org.fer4j.Point;
import org.jspecify.annotations.Nullable;

/**
 * Measures how a dataset's faces are framed, so that live faces can be cut the same way: the
 * medians of where a detector sees the keypoints in the crops that a network is trained on, and of
 * how the crop lies around the detector's box. Since training mirrors its crops, each face counts
 * with its mirror image, and the rule comes out symmetric.
 *
 * <p>Confined to one thread.
 */
public final class CropRuleEstimator {

  /** Ears are left out: hair hides them, and they wander most when a head turns. */
  private static final List<String> TEMPLATE =
      List.of("right_eye", "left_eye", "nose_tip", "mouth");

  private final FaceDetector detector;
  private final Map<String, List<Float>> u = new LinkedHashMap<>();
  private final Map<String, List<Float>> v = new LinkedHashMap<>();
  private final List<Float> shiftY = new ArrayList<>();
  private final List<Float> scale = new ArrayList<>();
  private int crops;
  private int faces;

  /**
   * Creates an estimator.
   *
   * @param detector with the keypoints {@code right_eye}, {@code left_eye}, {@code nose_tip} and
   *     {@code mouth}; not closed
   */
  public CropRuleEstimator(FaceDetector detector) {
    this.detector = detector;
  }

  /** Looks at one face crop. One in which the detector sees no face, or several, tells nothing. */
  public void add(Frame crop) {
    crops++;
    List<Face> found = detector.detect(crop);
    if (found.size() == 1) {
      faces++;
      add(found.get(0), crop);
    }
  }

  private void add(Face face, Frame crop) {
    float size = Math.max(crop.width(), crop.height());
    float left = (crop.width() - size) / 2;
    float top = (crop.height() - size) / 2;
    Landmarks points = face.keypoints();
    for (String name : TEMPLATE) {
      Point point = points.point(name).orElseThrow(() -> missing(name, points));
      float pointU = (point.x() - left) / size;
      float pointV = (point.y() - top) / size;
      record(name, pointU, pointV);
      record(mirrored(name), 1 - pointU, pointV);
    }
    BoundingBox box = face.box();
    float boxSize = (box.width() + box.height()) / 2;
    shiftY.add((crop.height() / 2f - box.centerY()) / boxSize);
    scale.add(size / boxSize);
  }

  private static IllegalArgumentException missing(String name, Landmarks points) {
    return new IllegalArgumentException(
        "expected a detector with the keypoints %s, found none named '%s' in %s"
            .formatted(TEMPLATE, name, points.layout().names()));
  }

  private void record(String name, float pointU, float pointV) {
    u.computeIfAbsent(name, key -> new ArrayList<>()).add(pointU);
    v.computeIfAbsent(name, key -> new ArrayList<>()).add(pointV);
  }

  private static String mirrored(String name) {
    return switch (name) {
      case "right_eye" -> "left_eye";
      case "left_eye" -> "right_eye";
      default -> name;
    };
  }

  /** Returns how many crops were looked at. */
  public int crops() {
    return crops;
  }

  /** Returns in how many of them the detector saw exactly one face. */
  public int faces() {
    return faces;
  }

  /**
   * Returns the rule of the crops so far.
   *
   * @throws FerException if no face was seen in any
   */
  public CropRule rule() {
    if (faces == 0) {
      throw new FerException(
          "expected crops in which the detector sees a face, found none in %d".formatted(crops));
    }
    Map<String, Point> template = new LinkedHashMap<>();
    for (String name : TEMPLATE) {
      template.put(name, new Point(median(u.get(name)), median(v.get(name))));
    }
    return new CropRule(template, 0, median(shiftY), median(scale));
  }

  private static float median(@Nullable List<Float> recorded) {
    List<Float> values = Objects.requireNonNull(recorded);
    float[] sorted = new float[values.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = values.get(i);
    }
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
