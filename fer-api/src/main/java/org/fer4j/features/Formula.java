package org.fer4j.features;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A measure on a {@link FaceShape}, whose text is made together with what it computes, so that the
 * documentation can't say anything else.
 */
record Formula(String text, String unit, ToDoubleFunction<FaceShape> value) {

  private static final String SPANS = "eye spans";
  private static final String DEGREES = "degrees";

  /** The distance of two points. */
  static Formula distance(int a, int b) {
    return new Formula(
        "|%d %d|".formatted(a, b), SPANS, s -> Math.hypot(s.x(a) - s.x(b), s.y(a) - s.y(b)));
  }

  /** How far a point lies above the mean of others. */
  static Formula above(int point, int... others) {
    return new Formula(
        "y(%s) - y(%d)".formatted(list(others), point), SPANS, s -> meanY(s, others) - s.y(point));
  }

  /** How far the mean of points lies to the person's left of the mean of others. */
  static Formula leftOf(int[] points, int[] others) {
    return new Formula(
        "x(%s) - x(%s)".formatted(list(points), list(others)),
        SPANS,
        s -> meanX(s, points) - meanX(s, others));
  }

  /** How much the line from one point to another rises, sideways in either direction. */
  static Formula slope(int from, int to) {
    return new Formula(
        "slope(%d, %d)".formatted(from, to),
        DEGREES,
        s -> Math.toDegrees(Math.atan2(s.y(from) - s.y(to), Math.abs(s.x(to) - s.x(from)))));
  }

  /** The angle at a point between two others, 0 to 180. */
  static Formula angle(int at, int a, int b) {
    return new Formula(
        "angle(%d; %d, %d)".formatted(at, a, b),
        DEGREES,
        s -> {
          double ax = s.x(a) - s.x(at);
          double ay = s.y(a) - s.y(at);
          double bx = s.x(b) - s.x(at);
          double by = s.y(b) - s.y(at);
          return Math.toDegrees(Math.atan2(Math.abs(ax * by - ay * bx), ax * bx + ay * by));
        });
  }

  /** The area of a polygon. */
  static Formula area(int... corners) {
    return new Formula(
        "area(%s)".formatted(list(corners)),
        "square eye spans",
        s -> {
          double twice = 0;
          for (int i = 0; i < corners.length; i++) {
            int next = corners[(i + 1) % corners.length];
            twice += s.x(corners[i]) * s.y(next) - s.x(next) * s.y(corners[i]);
          }
          return Math.abs(twice) / 2;
        });
  }

  static Formula mean(Formula... formulas) {
    return new Formula(
        Arrays.stream(formulas).map(Formula::text).collect(Collectors.joining(", ", "mean(", ")")),
        formulas[0].unit,
        s -> Arrays.stream(formulas).mapToDouble(f -> f.of(s)).average().orElseThrow());
  }

  static Formula yaw() {
    return new Formula("yaw", DEGREES, FaceShape::yawDegrees);
  }

  static Formula pitch() {
    return new Formula("pitch", DEGREES, FaceShape::pitchDegrees);
  }

  static Formula x(int point) {
    return new Formula("x(n), n as in the name", SPANS, s -> s.x(point));
  }

  static Formula y(int point) {
    return new Formula("y(n), n as in the name", SPANS, s -> s.y(point));
  }

  Formula minus(Formula other) {
    return new Formula(text + " - (" + other.text + ")", unit, s -> of(s) - other.of(s));
  }

  /** A ratio; where the divisor is next to nothing, as if it were a hundredth of its unit. */
  Formula over(Formula divisor) {
    return new Formula(
        text + " / " + divisor.text, "ratio", s -> of(s) / Math.max(0.01, divisor.of(s)));
  }

  double of(FaceShape shape) {
    return value.applyAsDouble(shape);
  }

  private static double meanX(FaceShape shape, int... points) {
    return IntStream.of(points).mapToDouble(shape::x).average().orElseThrow();
  }

  private static double meanY(FaceShape shape, int... points) {
    return IntStream.of(points).mapToDouble(shape::y).average().orElseThrow();
  }

  private static String list(int... points) {
    return IntStream.of(points).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }
}
