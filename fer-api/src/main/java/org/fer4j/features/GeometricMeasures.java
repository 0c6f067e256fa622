package org.fer4j.features;

import static org.fer4j.features.Formula.above;
import static org.fer4j.features.Formula.angle;
import static org.fer4j.features.Formula.area;
import static org.fer4j.features.Formula.distance;
import static org.fer4j.features.Formula.leftOf;
import static org.fer4j.features.Formula.mean;
import static org.fer4j.features.Formula.slope;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/**
 * The geometric features, in their order: measures with a name each, then where the points of the
 * contours lie. Indices are those of MediaPipe's face mesh.
 */
final class GeometricMeasures {

  /**
   * A feature with what computes it.
   *
   * <p>Immutable and safe for use by many threads.
   */
  record Measure(Feature feature, Formula formula) {}

  private static final String FACS = "FACS (Ekman, Friesen, 1978), ";
  private static final String CONTOURS = "point distribution (Cootes et al., CVIU 61, 1995)";

  private static final int[] OUTER_LIPS = {
    61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146
  };
  private static final int[] INNER_LIPS = {
    78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95
  };
  private static final int[] EYES = {
    33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7, 263, 466, 388, 387,
    386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249
  };
  private static final int[] BROWS = {
    70, 63, 105, 66, 107, 55, 65, 52, 53, 46, 300, 293, 334, 296, 336, 285, 295, 282, 283, 276
  };
  private static final int[] NOSE = {168, 6, 197, 195, 5, 4, 1, 2, 129, 98, 64, 358, 327, 294};
  private static final int[] JAW = {
    234, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 454
  };
  private static final int[] CHEEKS = {50, 205, 101, 36, 280, 425, 330, 266};

  /** Points of the person's right and what mirrors them on the left; others lie in the middle. */
  private static final Map<Integer, Integer> LEFT =
      Map.ofEntries(
          Map.entry(33, 263),
          Map.entry(133, 362),
          Map.entry(160, 387),
          Map.entry(159, 386),
          Map.entry(158, 385),
          Map.entry(144, 373),
          Map.entry(145, 374),
          Map.entry(153, 380),
          Map.entry(107, 336),
          Map.entry(105, 334),
          Map.entry(70, 300),
          Map.entry(52, 282),
          Map.entry(129, 358),
          Map.entry(98, 327),
          Map.entry(61, 291),
          Map.entry(78, 308),
          Map.entry(81, 311),
          Map.entry(178, 402),
          Map.entry(37, 267),
          Map.entry(50, 280),
          Map.entry(205, 425),
          Map.entry(172, 397),
          Map.entry(234, 454));

  static final List<Measure> ALL = List.copyOf(new GeometricMeasures().measures);

  private final List<Measure> measures = new ArrayList<>();

  private GeometricMeasures() {
    eyes();
    brows();
    nose();
    lips();
    jaw();
    add("yaw", "head pose", Formula.yaw());
    add("pitch", "head pose", Formula.pitch());
    contour("lips", OUTER_LIPS);
    contour("lips", INNER_LIPS);
    contour("eyes", EYES);
    contour("brows", BROWS);
    contour("nose", NOSE);
    contour("jaw", JAW);
    contour("cheeks", CHEEKS);
  }

  private void eyes() {
    pair("eye_width", FACS + "AU6", p -> distance(p.of(33), p.of(133)));
    pair("eye_opening", FACS + "AU5, AU7, AU43", GeometricMeasures::eyeOpening);
    pair(
        "eye_aspect_ratio",
        "Soukupova, Cech, CVWW 2016",
        p -> eyeOpening(p).over(distance(p.of(33), p.of(133))));
    pair("upper_lid_height", FACS + "AU5", p -> above(p.of(159), p.of(33), p.of(133)));
    pair("lower_lid_height", FACS + "AU7", p -> above(p.of(145), p.of(33), p.of(133)));
    pair("eye_tilt", FACS + "AU6", p -> slope(p.of(133), p.of(33)));
    add("eye_asymmetry", FACS + "AU46", eyeOpening(Side.RIGHT).minus(eyeOpening(Side.LEFT)));
  }

  private static Formula eyeOpening(Side p) {
    return mean(
        distance(p.of(160), p.of(144)),
        distance(p.of(159), p.of(145)),
        distance(p.of(158), p.of(153)));
  }

  private void brows() {
    pair("brow_inner_height", FACS + "AU1, AU4", p -> above(p.of(107), p.of(133)));
    pair("brow_middle_height", FACS + "AU1, AU2", p -> above(p.of(105), p.of(33), p.of(133)));
    pair("brow_outer_height", FACS + "AU2", p -> above(p.of(70), p.of(33)));
    pair("brow_to_lid", FACS + "AU4, AU5", p -> distance(p.of(52), p.of(159)));
    pair("brow_length", FACS + "AU4", p -> distance(p.of(107), p.of(70)));
    pair("brow_slope", FACS + "AU1, AU2", p -> slope(p.of(107), p.of(70)));
    pair("brow_arch", FACS + "AU2", p -> above(p.of(105), p.of(107), p.of(70)));
    add("brow_gap", FACS + "AU4", distance(107, 336));
    add("brow_gap_lower", FACS + "AU4", distance(55, 285));
    add(
        "brow_asymmetry",
        FACS + "AU2 of one side",
        above(105, 33, 133).minus(above(334, 263, 362)));
  }

  private void nose() {
    add("nose_length", "anthropometry (Farkas, 1994)", distance(168, 2));
    add("nose_width", FACS + "AU9, AU38", distance(129, 358));
    add("nostril_width", FACS + "AU38", distance(98, 327));
    add("nose_ratio", "anthropometry (Farkas, 1994)", distance(129, 358).over(distance(168, 2)));
    add("philtrum_length", FACS + "AU9, AU10", distance(2, 0));
    pair("nose_wing_height", FACS + "AU9", p -> above(p.of(129), 2));
    pair("nose_wing_to_eye", FACS + "AU9", p -> distance(p.of(129), p.of(133)));
  }

  private void lips() {
    add("mouth_width", FACS + "AU12, AU18, AU20", distance(61, 291));
    add("mouth_height", FACS + "AU25, AU26, AU27", distance(0, 17));
    add("mouth_opening", FACS + "AU25, AU26, AU27", distance(13, 14));
    add("mouth_opening_ratio", FACS + "AU26, AU27", distance(13, 14).over(distance(78, 308)));
    add("mouth_aspect_ratio", FACS + "AU12, AU27", distance(0, 17).over(distance(61, 291)));
    add("inner_mouth_width", FACS + "AU12, AU20", distance(78, 308));
    add("upper_lip_thickness", FACS + "AU23, AU24", distance(0, 13));
    add("lower_lip_thickness", FACS + "AU23, AU24", distance(14, 17));
    add("upper_lip_curve", FACS + "AU12, AU15", above(0, 61, 291));
    add("lower_lip_curve", FACS + "AU12, AU15", above(17, 61, 291));
    add("inner_upper_lip_curve", FACS + "AU10, AU12", above(13, 78, 308));
    add("inner_lower_lip_curve", FACS + "AU12, AU16", above(14, 78, 308));
    add("lower_lip_to_chin", FACS + "AU17", distance(17, 152));
    add("mouth_shift", FACS + "AU12 of one side", leftOf(points(61, 291), points(2)));
    add("outer_lips_area", FACS + "AU25, AU27", area(OUTER_LIPS));
    add("inner_lips_area", FACS + "AU25, AU27", area(INNER_LIPS));
    pair("mouth_opening_side", FACS + "AU25", p -> distance(p.of(81), p.of(178)));
    pair("mouth_corner_height", FACS + "AU12, AU15", p -> above(p.of(61), 13, 14));
    pair("mouth_corner_to_eye", FACS + "AU12", p -> distance(p.of(61), p.of(33)));
    pair("mouth_corner_to_nose", FACS + "AU12", p -> distance(p.of(61), p.of(129)));
    pair("mouth_corner_angle", FACS + "AU12, AU27", p -> angle(p.of(61), 0, 17));
    pair("mouth_corner_slope", FACS + "AU12, AU15", p -> slope(13, p.of(61)));
    pair("upper_lip_to_nose", FACS + "AU10", p -> distance(p.of(37), p.of(98)));
    add(
        "mouth_asymmetry",
        FACS + "AU12, AU14 of one side",
        above(61, 13, 14).minus(above(291, 13, 14)));
  }

  private void jaw() {
    add("face_height", "anthropometry (Farkas, 1994)", distance(10, 152));
    add("face_width", "anthropometry (Farkas, 1994)", distance(234, 454));
    add("face_ratio", "anthropometry (Farkas, 1994)", distance(10, 152).over(distance(234, 454)));
    add("jaw_width", "anthropometry (Farkas, 1994)", distance(172, 397));
    add("jaw_drop", FACS + "AU26, AU27", distance(2, 152));
    add("jaw_drop_ratio", FACS + "AU26, AU27", distance(2, 152).over(distance(10, 2)));
    add("chin_shift", FACS + "AD30", leftOf(points(152), points(2)));
    pair("jaw_angle", FACS + "AU26", p -> angle(p.of(172), p.of(234), 152));
    pair("cheek_to_lid", FACS + "AU6", p -> distance(p.of(50), p.of(145)));
    pair("cheek_to_mouth", FACS + "AU12, AU13", p -> distance(p.of(205), p.of(61)));
  }

  private static int[] points(int... points) {
    return points;
  }

  /** Which point of a side stands for one of the right. */
  private enum Side {
    RIGHT(point -> point),
    LEFT(point -> Objects.requireNonNull(GeometricMeasures.LEFT.get(point)));

    @SuppressWarnings("ImmutableEnumChecker") // Both are functions of the point alone.
    private final IntUnaryOperator mirror;

    Side(IntUnaryOperator mirror) {
      this.mirror = mirror;
    }

    int of(int rightPoint) {
      return mirror.applyAsInt(rightPoint);
    }
  }

  private void pair(String name, String source, Function<Side, Formula> formula) {
    add(name + "_right", source, formula.apply(Side.RIGHT));
    add(name + "_left", source, formula.apply(Side.LEFT));
  }

  private void contour(String part, int... points) {
    for (int point : points) {
      add(part + "_" + point + "_x", CONTOURS, Formula.x(point));
      add(part + "_" + point + "_y", CONTOURS, Formula.y(point));
    }
  }

  private void add(String name, String source, Formula formula) {
    measures.add(
        new Measure(
            new Feature(name, Feature.Group.GEOMETRY, formula.unit(), formula.text(), source),
            formula));
  }
}
